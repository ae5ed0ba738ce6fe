/**
 * Text that was typed and not yet saved, kept by the browser until its tab is closed for good. Never on the disk
 * beyond that: the text of a release is not public before its review.
 */
const PREFIX = 'huiying-draft/';

export const keepDraft = (key: string, draft: object): void =>
  sessionStorage.setItem(PREFIX + key, JSON.stringify(draft));

export const forgetDraft = (key: string): void => sessionStorage.removeItem(PREFIX + key);

/** Our own writing, of the same version or an older one: fields that are missing stay as they were. */
export function readDraft<T extends object>(key: string): Partial<T> | undefined {
  const kept = sessionStorage.getItem(PREFIX + key);
  return kept === null ? undefined : (JSON.parse(kept) as Partial<T>);
}
