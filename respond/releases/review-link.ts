const PREFIX = 'review~';

/** What a link in a message stands for: this text, to be reviewed, and nothing else. */
export const reviewLinkId = (releaseId: string): string => `${PREFIX}${releaseId}`;

/** The text's id; undefined for a link to something else. */
export const parseReviewLinkId = (linkId: string): string | undefined =>
  linkId.startsWith(PREFIX) ? linkId.slice(PREFIX.length) : undefined;
