import { NUMBER_PATTERN, parseCount } from '../text/chinese-number.ts';
import type { Clause } from './clauses.ts';
import type { Standing } from './contexts.ts';

/** Money lost, in yuan; the least where the text says so. */
export interface Loss {
  readonly yuan: number;
  readonly words: string;
}

const AMOUNT = `(${NUMBER_PATTERN})(?:余|多)?(?:(万|亿)(?:余|多)?元?|元)`;
const AFTER = new RegExp(`损失[^。;0-9]{0,12}?${AMOUNT}`);
const BEFORE = new RegExp(`${AMOUNT}(?:的)?(?:直接|财产|经济)*损失`);

/** The greatest loss told of a happening of now; undefined when there is none. */
export function readLoss(
  text: string,
  clauses: readonly Clause[],
  standings: readonly Standing[],
): Loss | undefined {
  if (!text.includes('损失')) return undefined;
  const found = clauses.flatMap(({ start, end }, number) => {
    const clause = text.slice(start, end);
    if (!clause.includes('损失') || standings[number]?.context) return [];
    const match = AFTER.exec(clause) ?? BEFORE.exec(clause);
    const yuan = match && parseCount(`${match[1] ?? ''}${match[2] ?? ''}`)?.atLeast;
    return match && yuan ? [{ yuan, words: match[0] }] : [];
  });
  return found.reduce<Loss | undefined>(
    (most, loss) => (most && most.yuan >= loss.yuan ? most : loss),
    undefined,
  );
}
