import type { FailedFetch } from './ports.ts';

/** What is known of the article behind a row of a list; `waits` when it was not tried yet. */
export type ArticleFate =
  | 'read'
  | 'waits'
  | 'notUnderstood'
  /** Could not be fetched at an earlier look. */
  | 'notFetched'
  | FailedFetch;

export interface ArticleTrouble {
  /** Absent when they were fetched and not understood. */
  readonly failed?: FailedFetch;
  /** In words, for the sources page. */
  readonly message: string;
}

/**
 * What keeps the newest articles of a list from being read: a list whose articles all fail brings nothing, however
 * well it can be read itself.
 *
 * @param fates of the rows, newest first
 * @param newestCount how many of the newest tell of the list; a single dead link says nothing of the others
 * @returns undefined while one of the newest was read, or none was tried
 */
export function articleTrouble(
  fates: readonly ArticleFate[],
  newestCount: number,
): ArticleTrouble | undefined {
  const newest = fates.filter((fate) => fate !== 'waits').slice(0, newestCount);
  if (newest.length === 0 || newest.includes('read')) return undefined;
  const which = `列表读得到，但最新 ${newest.length} 篇文章`;
  if (newest.every((fate) => fate === 'notUnderstood')) return { message: `${which}都读不懂` };
  // Of those that failed before, some are tried again at each look: one of them says why.
  const failed = [...newest, ...fates].find((fate) => typeof fate === 'object');
  return failed
    ? { failed, message: `${which}都没有读到：${failed.message}` }
    : { message: `${which}都没有读到` };
}
