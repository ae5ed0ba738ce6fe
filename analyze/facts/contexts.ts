import { DAY_MS } from '#core';
import type { Clause } from './clauses.ts';
import type { ContextReason, FactsPack } from './facts-pack.ts';
import { isInside, type Mark, type Marks } from './marks.ts';

/** Why a clause says nothing about a happening of now, with the words that tell so. */
export interface Context {
  readonly reason: ContextReason;
  readonly words: string;
}

/** How a clause's words are meant: set aside for a reason, or as a claim that nobody has checked. */
export interface Standing {
  readonly context?: Context;
  readonly claimWords?: string;
}

const TITLE_FIGURE = /[\d一二三四五六七八九十百多数](?:余|多)?(?:人|名|死|伤)/;
/** A happening named with a date older than this is told as the past. */
const PAST_AFTER_MS = 60 * DAY_MS;
const YEAR = /(?<!\d)((?:19|20)\d{2})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?/g;

/**
 * How each clause is meant.
 *
 * @param publishedAt what an older year is measured against
 * @returns one standing for each clause, in their order
 */
export function readStandings(
  text: string,
  clauses: readonly Clause[],
  marks: Marks,
  { pack, publishedAt }: { readonly pack: FactsPack; readonly publishedAt: Date },
): Standing[] {
  const contexts = marks.context.filter((mark) => !isInside(mark, marks.contextExcept));
  // A toll in the title is news, whatever is to be prevented next.
  const hasFigure = TITLE_FIGURE.test(text.slice(0, text.indexOf('\n')));
  const present = marks.present.filter((mark) => !isInside(mark, contexts));
  const whole = contexts.find((mark) => {
    const scope = pack.contexts[mark.of]?.scope;
    const sentence = sentenceAt(clauses, mark.start);
    return (
      (scope === 'text' && sentence <= 1) || (scope === 'title' && sentence === 0 && !hasFigure)
    );
  });
  const past = olderYears(text, publishedAt);
  const claims = marks.claim.filter((mark) => !isInside(mark, marks.claimExcept));
  const wholeClaim = marks.wholeClaim[0]?.word;
  const isOfTitle = ({ of }: Mark): boolean => pack.contexts[of]?.scope === 'title';
  // 帐篷里的课堂 does not undo 截至目前,地震已致63人遇难.
  const tellsToll = ({ start, end, sentence }: Clause): boolean =>
    TITLE_FIGURE.test(text.slice(start, end)) &&
    present.some((mark) => sentenceAt(clauses, mark.start) === sentence);
  let onward: Context | undefined;
  let claim: string | undefined;
  let sentence = -1;

  return clauses.map((clause) => {
    if (clause.sentence !== sentence) {
      sentence = clause.sentence;
      onward = undefined;
      claim = undefined;
    }
    const inClause = within(clause);
    const opens =
      contexts.find((mark) => inClause(mark) && pack.contexts[mark.of]?.scope === 'onward') ??
      past.find(inClause);
    const now = present.findLast(inClause);
    if (opens) onward = past.includes(opens) ? pastContext(opens) : toContext(opens, pack);
    // 一年前曾起火再出事: what is said last goes on.
    if (now && (!opens || now.start > opens.end)) onward = undefined;
    if (marks.verified.some(inClause)) claim = undefined;
    claim = claims.find(inClause)?.word ?? claim;
    const isAsked = text[clause.end - 1] === '?';

    const here = contexts.find((mark) => {
      const scope = pack.contexts[mark.of]?.scope;
      if (scope === 'clause') return inClause(mark);
      const isOfSentence = sentenceAt(clauses, mark.start) === clause.sentence;
      return isOfSentence && (scope === 'sentence' || scope === 'text');
    });
    const decisive = whole && !(isOfTitle(whole) && tellsToll(clause)) ? whole : here;
    const context = decisive ? toContext(decisive, pack) : onward;
    const claimWords = claim ?? wholeClaim ?? (isAsked ? '?' : undefined);
    return { ...(context && { context }), ...(claimWords !== undefined && { claimWords }) };
  });
}

const pastContext = ({ word }: Mark): Context => ({ reason: 'background', words: word });

function toContext(mark: Mark, pack: FactsPack): Context {
  return { reason: pack.contexts[mark.of]?.reason ?? 'background', words: mark.word };
}

export const within =
  ({ start, end }: Pick<Clause, 'start' | 'end'>) =>
  (mark: { readonly start: number; readonly end: number }): boolean =>
    mark.start >= start && mark.end <= end;

function sentenceAt(clauses: readonly Clause[], at: number): number {
  return clauses.find(({ start, end }) => at >= start && at < end)?.sentence ?? -1;
}

/** Years named in the text that lie well before its publication. */
function olderYears(text: string, publishedAt: Date): Mark[] {
  if (!text.includes('年')) return [];
  return [...text.matchAll(YEAR)].flatMap((match) => {
    const [word, year, month = '12', day = '28'] = match;
    const at = Date.UTC(Number(year), Number(month) - 1, Number(day));
    const isPast = publishedAt.getTime() - at > PAST_AFTER_MS;
    return isPast ? [{ word, of: 0, start: match.index, end: match.index + word.length }] : [];
  });
}
