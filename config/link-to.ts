/** A personal link to a page of the phone: which page, by its first letters, what it shows, and to whom. */
export type LinkTo = (
  folder: string,
  claim: { readonly id: string; readonly personId: string; readonly expiresAt: Date },
) => string;
