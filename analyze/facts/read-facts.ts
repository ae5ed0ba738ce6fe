import { normaliseText } from '../text/normalise-text.ts';
import { NUMBER_PATTERN, parseChineseNumber } from '../text/chinese-number.ts';
import type { ContentClass, GradingPack } from '../grade/grading-pack.ts';
import { CONTENT_CLASSES } from '../grade/grading-pack.ts';
import { WordFinder } from '../text/word-finder.ts';

/** What one text says, as far as rules can tell, with the words that say it. */
export interface Facts {
  readonly contentClass: ContentClass;
  readonly contentWords: string;
  readonly dead?: number;
  readonly injured?: number;
  readonly missing?: number;
  readonly figureWords: string;
  readonly untrue: 'none' | 'suspected' | 'verified' | 'panic';
  readonly untrueWords: string;
  readonly sensitiveWords: string;
}

const N = `(${NUMBER_PATTERN})`;
const PERSONS = '(?:余|多)?(?:名|人|位)';
const DEAD = '(?:死亡|遇难|身亡|罹难|丧生|不治)';
const HURT = '(?:受伤|重伤|轻伤|负伤|伤)';
// Whoever was trapped and is now dead or saved is missing no more.
const MISSING = '(?:失联|失踪|下落不明|被困|被埋)(?![^，。；]{0,12}(?:死亡|遇难|身亡|获救|救出))';
/** What may stand between the number and the word; never another figure or another fate. */
const GAP = '[^，。、,;0-9〇零一二两三四五六七八九十百千死伤亡]{0,12}?';
const patternsFor = (what: string): readonly RegExp[] => [
  new RegExp(`${N}${PERSONS}${GAP}${what}`, 'g'),
  new RegExp(`${what}(?:人数|者)?(?:已|共|达|升至|增至|上升至|增加到|为|有)*${N}${PERSONS}`, 'g'),
];
const DEAD_PATTERNS = [...patternsFor(DEAD), new RegExp(`${N}死`, 'g')];
const HURT_PATTERNS = [...patternsFor(HURT), new RegExp(`死${N}伤`, 'g')];
const MISSING_PATTERNS = patternsFor(MISSING);

type Reader = (title: string, text: string) => Facts;

/** Builds a reader from the pack's words. Sentences in an ignored context (演练, 去年, 电影 …) say nothing. */
export function createFactReader(pack: GradingPack): Reader {
  const contentWords = pack.contentWords.flatMap((row) =>
    row.words.map((word) => ({ ...row, word })),
  );
  const contentFinder = new WordFinder(contentWords.map(({ word }) => word));
  const ignored = new WordFinder(pack.ignoredContexts);
  const firstOf = (words: readonly string[], text: string): string =>
    words.find((word) => text.includes(word)) ?? '';

  return (title, text) => {
    const sentences = sentencesOf(normaliseText(`${title}。${text}`));
    // A title in an ignored context (消防演练举行) speaks for the whole text.
    const isIgnored = ignored.find(normaliseText(title)).length > 0;
    const counting = isIgnored ? [] : sentences.filter((one) => ignored.find(one).length === 0);
    const plain = counting.map((one) =>
      pack.negations.reduce((kept, words) => kept.replaceAll(words, ''), one),
    );

    const dead = greatest(plain, DEAD_PATTERNS);
    const injured = greatest(plain, HURT_PATTERNS);
    const missing = greatest(plain, MISSING_PATTERNS);
    const content = highestClass(plain, contentFinder, contentWords, dead?.count, pack);
    const whole = counting.join('。');
    const panic = firstOf(pack.untrue.panicWords, whole);
    const verified = firstOf(pack.untrue.verifiedWords, whole);
    const suspected = firstOf(pack.untrue.suspectedWords, whole);
    return {
      ...content,
      ...(dead && { dead: dead.count }),
      ...(injured && { injured: injured.count }),
      ...(missing && { missing: missing.count }),
      figureWords: [dead, injured, missing].flatMap((figure) => figure?.words ?? []).join('、'),
      untrue: panic ? 'panic' : verified ? 'verified' : suspected ? 'suspected' : 'none',
      untrueWords: panic || verified || suspected,
      sensitiveWords: firstOf(pack.sensitivity.placeWords, whole),
    };
  };
}

function sentencesOf(text: string): string[] {
  return text.split(/[。！？!?;；\n]+/).filter((sentence) => sentence.trim() !== '');
}

function greatest(
  sentences: readonly string[],
  patterns: readonly RegExp[],
): { readonly count: number; readonly words: string } | undefined {
  const found = sentences.flatMap((sentence) =>
    patterns.flatMap((pattern) =>
      [...sentence.matchAll(pattern)].flatMap((match) => {
        const count = parseChineseNumber(match[1] ?? '');
        return count === undefined || count === 0 ? [] : [{ count, words: match[0] }];
      }),
    ),
  );
  return found.reduce<(typeof found)[number] | undefined>(
    (most, figure) => (most && most.count >= figure.count ? most : figure),
    undefined,
  );
}

function highestClass(
  sentences: readonly string[],
  finder: WordFinder,
  rows: readonly { readonly class: ContentClass; readonly word: string }[],
  dead: number | undefined,
  pack: GradingPack,
): Pick<Facts, 'contentClass' | 'contentWords'> {
  const rank = (of: ContentClass): number => CONTENT_CLASSES.indexOf(of);
  const words = sentences.flatMap((sentence) => finder.find(sentence).map(({ word }) => word));
  const found = words.flatMap((number) => rows[number] ?? []);
  const byFigure = pack.contentFigures.findLast((row) => dead !== undefined && dead >= row.dead);
  const highest = found.reduce<ContentClass>(
    (best, row) => (rank(row.class) > rank(best) ? row.class : best),
    byFigure?.class ?? 'A0',
  );
  const because = new Set(found.filter((row) => row.class === highest).map((row) => row.word));
  if (byFigure?.class === highest) because.add(`死亡${dead ?? 0}人`);
  return { contentClass: highest, contentWords: [...because].slice(0, 5).join('、') };
}
