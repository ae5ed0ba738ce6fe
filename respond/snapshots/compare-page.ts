import { likenessOf, pairsOf } from '../character-pairs.ts';
import type { PageChange, PageComparison } from './page-snapshot.ts';

const SENTENCE = /[^。！？!?；;\n]+[。！？!?；;]*[”’"』」）)]*/g;
const QUOTES = /[“”„‟"«»「」『』]/g;
const APOSTROPHES = /[‘’‚‛']/g;
const INVISIBLE = /[\s\u200b-\u200f\u2060\ufeff\u00ad]+/g;
/** A page made to tire us is compared as far as this. */
const MOST_SENTENCES = 2_000;
const MOST_ANSWERED = 100;

const sentencesOf = (text: string): string[] =>
  (text.match(SENTENCE) ?? []).map((one) => one.trim()).filter((one) => bare(one) !== '');

/** What people read of a text: spaces, the width of signs and the make of quotation marks are no words. */
export const bare = (text: string): string =>
  text.normalize('NFKC').replace(QUOTES, '"').replace(APOSTROPHES, "'").replace(INVISIBLE, '');

/** The text without figures that count its readers. */
export function withoutCounters(text: string, words: readonly string[]): string {
  if (words.length === 0) return text;
  const any = words.map((word) => RegExp.escape(word)).join('|');
  return text.replace(
    new RegExp(`(?:${any})(?:量|次数|人数|数)?\\s*[:：]?\\s*\\d[\\d,.万]*\\s*[次人]?`, 'g'),
    '',
  );
}

/**
 * Which sentences of the approved text a page does not hold, and which it holds in other words. What else stands on
 * the page is not looked at: every page has a foot.
 *
 * @param leastLikeness from which two sentences are the same one in other words, 0 to 1
 */
export function compareWithApproved(
  approved: { readonly title: string; readonly text: string },
  page: { readonly title: string; readonly text: string },
  leastLikeness: number,
): PageComparison {
  const whole = bare(page.text);
  const looked = sentencesOf(approved.text).slice(0, MOST_SENTENCES);
  const absent = looked.filter((one) => !whole.includes(bare(one)));
  const kept = bare(approved.text);
  // A sentence that was approved as it stands is not another one changed.
  const others = sentencesOf(page.text)
    .slice(0, MOST_SENTENCES)
    .filter((one) => !kept.includes(bare(one)))
    .map((words) => ({ words, pairs: pairsOf(words) }));
  const missing: string[] = [];
  const differing: { approved: string; onPage: string }[] = [];
  for (const one of absent.slice(0, MOST_ANSWERED)) {
    const pairs = pairsOf(one);
    let best: { readonly words: string; readonly likeness: number } | undefined;
    for (const other of others) {
      const likeness = likenessOf(pairs, other.pairs);
      if (likeness >= leastLikeness && likeness > (best?.likeness ?? 0)) {
        best = { words: other.words, likeness };
      }
    }
    if (best) differing.push({ approved: one, onPage: best.words });
    else missing.push(one);
  }
  return {
    looked: looked.length,
    missing: [...missing, ...absent.slice(MOST_ANSWERED)],
    differing,
    ...(isOtherTitle(approved.title, page.title, whole) && { otherTitle: page.title }),
  };
}

export const agrees = ({ missing, differing, otherTitle }: PageComparison): boolean =>
  missing.length === 0 && differing.length === 0 && otherTitle === undefined;

/** Which sentences went and which came between two readings of one page. */
export function changeBetween(before: string, after: string): PageChange {
  const [old, fresh] = [bare(before), bare(after)];
  const gone = (text: string, other: string): string[] =>
    sentencesOf(text)
      .slice(0, MOST_SENTENCES)
      .filter((one) => !other.includes(bare(one)))
      .slice(0, MOST_ANSWERED);
  return { removed: gone(before, fresh), added: gone(after, old) };
}

/** Pages write the site's name behind the title, and some the title into the text. */
function isOtherTitle(approved: string, found: string, whole: string): boolean {
  const [ours, theirs] = [bare(approved), bare(found)];
  return theirs !== '' && !theirs.includes(ours) && !ours.includes(theirs) && !whole.includes(ours);
}
