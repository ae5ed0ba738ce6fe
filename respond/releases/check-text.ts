import { idOf } from '#core';
import { personalParts } from '#ingest';
import type { Release } from './release.ts';
import type { TextCheck } from './text-check-pack.ts';

export type TextHitKind = 'negative' | 'personal' | 'perfunctory' | 'name' | 'sum' | 'figure';

/** A place in a text that somebody should look at before it goes out, and why. */
export interface TextHit {
  /** The same for the same words; an answer names it. */
  readonly key: string;
  readonly kind: TextHitKind;
  /** As they stand in the text. */
  readonly words: string;
  readonly says: string;
  /** Whether nobody may agree to the text before a decision on it is recorded. */
  readonly mustAnswer: boolean;
}

type Text = Pick<Release, 'title' | 'text'>;

/** What a text for the public holds that it should perhaps not, as far as its own words can tell. */
export function checkText({ title, text }: Text, rule: TextCheck): readonly TextHit[] {
  const whole = `${title}\n${text}`;
  const hits = [
    ...rule.negativeList.entries.flatMap(({ words, says }) =>
      found(words, whole).map((word) => hit('negative', word, says, true)),
    ),
    ...personalParts(whole).map(({ label, words }) =>
      hit('personal', words, `可能是个人信息${label}，确有必要才公开`, true),
    ),
    ...namesIn(whole, rule).map((words) => hit('name', words, rule.privatePersons.says, false)),
    ...wrongSums(whole),
    ...found(rule.perfunctory.words, whole).map((word) =>
      hit('perfunctory', word, rule.perfunctory.says, false),
    ),
  ];
  return [...new Map(hits.map((one) => [one.key, one])).values()];
}

/** A hit of a kind, its key made from its words. */
export function hit(kind: TextHitKind, words: string, says: string, mustAnswer: boolean): TextHit {
  return { key: idOf(kind, words), kind, words, says, mustAnswer };
}

const found = (words: readonly string[], text: string): readonly string[] =>
  words.filter((word) => text.includes(word));

function namesIn(text: string, { privatePersons }: TextCheck): readonly string[] {
  const { after, surnames } = privatePersons;
  // 某 hides the name; 死者家属 and 业主委员会 are no names.
  const named = new RegExp(
    `(?:${after.join('|')})[为是：:]?(?<name>[${surnames}](?!某)\\p{Script=Han}{1,2}?)(?=[，,、。；;（(）)\\s\\d男女]|$)`,
    'gu',
  );
  return [...text.matchAll(named)].map(([words]) => words);
}

const WHOLE_AND_PARTS =
  /(?<whole>\d+)(?<unit>人|名|户|例|起|处|辆|栋)(?:[^。；;\n\d]{0,20})其中(?<parts>[^。；;\n]+)/g;

/** 共5人，其中2人重伤、2人轻伤: parts that do not come to their whole. Numbers in digits only. */
function wrongSums(text: string): readonly TextHit[] {
  return [...text.matchAll(WHOLE_AND_PARTS)].flatMap((match) => {
    const { whole = '', unit = '', parts = '' } = match.groups ?? {};
    const numbers = [...parts.matchAll(/(\d+)(人|名|户|例|起|处|辆|栋)/g)]
      .filter(([, , ofUnit]) => ofUnit === unit)
      .map(([, number]) => Number(number));
    const sum = numbers.reduce((total, number) => total + number, 0);
    const isWrong = sum > Number(whole) || (numbers.length > 1 && sum !== Number(whole));
    if (!isWrong) return [];
    const says = `其中各项相加为 ${sum}${unit}，与总数 ${whole}${unit} 不同`;
    return [hit('sum', match[0], says, false)];
  });
}
