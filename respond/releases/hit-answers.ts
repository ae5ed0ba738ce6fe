import { checkText, type TextHit } from './check-text.ts';
import type { HitAnswer, Release } from './release.ts';
import type { ReviewPack } from '../review-pack.ts';

/** The decision on a hit under the present text. */
export function answerTo(release: Release, { key }: TextHit): HitAnswer | undefined {
  const { hitAnswers = [], contentDigest } = release;
  return hitAnswers.findLast(
    (answer) => answer.hitKey === key && answer.contentDigest === contentDigest,
  );
}

/** What must be decided on before anybody agrees to the text. */
export function openHits(release: Release, pack: ReviewPack): readonly TextHit[] {
  return checkText(release, pack.textCheck).filter(
    (hit) => hit.mustAnswer && !answerTo(release, hit),
  );
}
