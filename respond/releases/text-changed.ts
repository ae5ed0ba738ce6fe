import { Refused } from '#core';

/** Somebody read or signed another version than the one that stands here now. */
export const textChanged = (): Refused =>
  new Refused('RELEASE_TEXT_CHANGED', '稿件内容已有改动，请重新阅读后再办理');
