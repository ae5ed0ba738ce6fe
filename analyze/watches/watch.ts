import { z } from 'zod';
import { normaliseText } from '../text/normalise-text.ts';
import { WordFinder } from '../text/word-finder.ts';

const Words = z.array(z.string().trim().min(1)).default([]);

/** 监测方案: places × subjects × matters − exclusions. Words of a group are alternatives; groups must all meet. */
export const WatchSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .describe('方案编号，小写字母、数字和连字符'),
  name: z.string().min(1).describe('方案名称'),
  places: Words.describe('地点词，任一出现即可；空则不限地点'),
  subjects: Words.describe('主体词，任一出现即可；空则不限主体'),
  matters: Words.describe('事项词，任一出现即可；空则不限事项'),
  exclude: Words.describe('排除词，任一出现即不算'),
  sources: Words.optional().describe(
    '只听这些信息源：编号、种类（如 forum）或区划代码；不写则全听',
  ),
});
export type Watch = Readonly<z.infer<typeof WatchSchema>>;

/** Evidence that a post meets a watch: the words, and where they stand in the normalised text. */
export interface WatchMatch {
  readonly watchId: string;
  readonly found: readonly {
    readonly term: string;
    readonly start: number;
    readonly end: number;
  }[];
}

interface Compiled {
  readonly watch: Watch;
  /** Word numbers of each group that must be met. */
  readonly groups: readonly ReadonlySet<number>[];
  readonly exclude: ReadonlySet<number>;
}

/**
 * Compiles watches so that a text is read once, however many there are.
 * Each watch hangs under the words of its first group; only those whose word occurs are looked at.
 */
export function compileWatches(watches: readonly Watch[]): (text: string) => WatchMatch[] {
  const numbers = new Map<string, number>();
  const numberOf = (word: string): number => {
    const normal = normaliseText(word);
    const known = numbers.get(normal);
    if (known !== undefined) return known;
    numbers.set(normal, numbers.size);
    return numbers.size - 1;
  };
  const toSet = (words: readonly string[]): ReadonlySet<number> => new Set(words.map(numberOf));

  const compiled: Compiled[] = watches
    .map((watch) => ({
      watch,
      // The smallest group first: it is the rarest guess, and the pivot.
      groups: [watch.matters, watch.subjects, watch.places]
        .filter((group) => group.length > 0)
        .map(toSet)
        .sort((a, b) => a.size - b.size),
      exclude: toSet(watch.exclude),
    }))
    .filter(({ groups }) => groups.length > 0);
  const byPivot = new Map<number, Compiled[]>();
  for (const entry of compiled) {
    for (const word of entry.groups[0] ?? []) {
      byPivot.set(word, [...(byPivot.get(word) ?? []), entry]);
    }
  }
  const terms = [...numbers.keys()];
  const finder = new WordFinder(terms);

  return (text) => {
    const hits = finder.find(text);
    if (hits.length === 0) return [];
    const present = new Set(hits.map(({ word }) => word));
    const candidates = new Set([...present].flatMap((word) => byPivot.get(word) ?? []));
    const meets = (group: ReadonlySet<number>): boolean => !present.isDisjointFrom(group);
    return [...candidates]
      .filter(({ groups, exclude }) => groups.every(meets) && !meets(exclude))
      .map(({ watch, groups }) => ({
        watchId: watch.id,
        found: hits
          .filter(({ word }) => groups.some((group) => group.has(word)))
          .map(({ word, start, end }) => ({ term: terms[word] ?? '', start, end })),
      }));
  };
}
