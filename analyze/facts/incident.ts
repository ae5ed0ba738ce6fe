import type { Clause } from './clauses.ts';
import type { Standing } from './contexts.ts';
import type { FactsPack, IncidentType } from './facts-pack.ts';
import type { Mark, Marks } from './marks.ts';

/** A happening that a text tells of: its type with the words that say so. */
export interface Incident {
  readonly type: IncidentType;
  readonly words: string;
  /** Richter magnitude of an earthquake. */
  readonly magnitude?: number;
  /** Rank of the place whose drinking water stopped being drawn. */
  readonly intakeCut?: 'county' | 'prefecture';
}

const MAGNITUDE = /(\d(?:\.\d)?)级(?:左右)?(?:的)?(?:强烈)?地震/;

/** The one denial check that figures and incidents share. */
export type IsDenied = (lead: string) => boolean;

/**
 * What kind of happening a text tells of.
 *
 * @returns undefined when no word that counts tells of one, or when the whole is said to be false
 */
export function readIncident(
  text: string,
  clauses: readonly Clause[],
  standings: readonly Standing[],
  {
    marks,
    pack,
    isDenied,
  }: {
    readonly marks: Marks;
    readonly pack: FactsPack;
    readonly isDenied: IsDenied;
  },
): Incident | undefined {
  const placed = [...marks.sign, ...marks.incidentWord].sort(
    (a, b) => a.start - b.start || b.end - a.end,
  );
  const typeOf = (of: number): IncidentType | undefined => pack.incidents[of]?.type;
  const isOver = (of: number, type: IncidentType | undefined): boolean =>
    type !== undefined && (pack.incidents[of]?.over.includes(type) ?? false);
  const happened = new Set(marks.happening.map((mark) => clauseAt(clauses, mark)?.sentence));
  const counting = placed.filter((mark) => {
    const at = clauses.findIndex(({ start, end }) => mark.start >= start && mark.end <= end);
    const clause = clauses[at];
    if (!clause || standings[at]?.context) return false;
    if (isDenied(text.slice(clause.start, mark.start))) return false;
    return marks.sign.includes(mark) || happened.has(clause.sentence);
  });
  // 其他事故 names what no other type does.
  const first = counting.find(({ of }) => typeOf(of) !== 'accident') ?? counting[0];
  const decisive = first && (counting.find(({ of }) => isOver(of, typeOf(first.of))) ?? first);
  const type = decisive && typeOf(decisive.of);
  if (!decisive || !type) return undefined;
  return { type, words: decisive.word, ...magnitudeOf(text, type), ...intakeOf(text, marks, type) };
}

function magnitudeOf(text: string, type: IncidentType): Pick<Incident, 'magnitude'> {
  const match = type === 'earthquake' ? MAGNITUDE.exec(text) : null;
  return match ? { magnitude: Number(match[1]) } : {};
}

function intakeOf(text: string, marks: Marks, type: IncidentType): Pick<Incident, 'intakeCut'> {
  const [cut] = type === 'pollution' ? marks.intakeCut : [];
  if (!cut) return {};
  const around = text.slice(Math.max(0, cut.start - 25), cut.end + 25);
  // A county's name holds no 市; where neither is said, the lesser is proposed.
  return { intakeCut: !around.includes('县') && around.includes('市') ? 'prefecture' : 'county' };
}

const clauseAt = (clauses: readonly Clause[], mark: Mark): Clause | undefined =>
  clauses.find(({ start, end }) => mark.start >= start && mark.end <= end);
