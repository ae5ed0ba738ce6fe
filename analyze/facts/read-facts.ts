import type { ContentClass, GradingPack } from '../grade/grading-pack.ts';
import { splitClauses, type Clause } from './clauses.ts';
import { readContentClass } from './content-class.ts';
import { readStandings, within, type Standing } from './contexts.ts';
import type { ContextReason, FactsPack, Fate, IncidentType, SetAsideReason } from './facts-pack.ts';
import { readIncident } from './incident.ts';
import { createMarker, type Mark, type Marks } from './marks.ts';
import { readUnits } from './named-units.ts';
import { readOccurredAt } from './occurred-at.ts';
import type { FigureReading } from './figure-reading.ts';
import { createFigureReader } from './read-figures.ts';
import { readLoss } from './read-loss.ts';
import { FIGURE_KINDS, tallyFigures, type FigureKind, type Figures } from './tally-figures.ts';

/** Words that were read and do not count, and why. */
export interface SetAside {
  readonly words: string;
  readonly reason: SetAsideReason;
}

/** What one text says, as far as rules can tell, with the words that say it. */
export interface Facts extends Figures {
  readonly contentClass: ContentClass;
  readonly contentWords: string;
  readonly lossYuan?: number;
  readonly figureWords: string;
  /** Kinds of figures that are the least only: 10余人, 至少5人. */
  readonly leastFigures: readonly FigureKind[];
  /** Kinds of figures that nobody has checked: 网传, 听说, a question. */
  readonly claimedFigures: readonly FigureKind[];
  /** Words by which a figure takes the place of an earlier one. */
  readonly corrects?: string;
  readonly incidentType?: IncidentType;
  readonly incidentWords?: string;
  readonly magnitude?: number;
  readonly intakeCut?: 'county' | 'prefecture';
  readonly occurredAt?: Date;
  readonly occurredWords?: string;
  /** Units named, as evidence for the one responsible. */
  readonly units: readonly string[];
  readonly setAside: readonly SetAside[];
  readonly untrue: 'none' | 'suspected' | 'verified' | 'panic';
  readonly untrueWords: string;
  readonly sensitiveWords: string;
}

/** Whether a text tells of an incident of now, with figures or without. */
export function isRiskEvent(facts: Facts): boolean {
  const { incidentType, dead, injured, missing, poisoned } = facts;
  return incidentType !== undefined || (dead ?? injured ?? missing ?? poisoned) !== undefined;
}

/** Words of content count in a notice of prevention or in statistics too; a film or a drill has none. */
const WITHOUT_CONTENT: ReadonlySet<ContextReason> = new Set([
  'drill',
  'fiction',
  'figurative',
  'background',
  'hypothetical',
]);
const SET_ASIDE_SHOWN = 8;
/** As far before a word as its denial may begin: 未发生任何火灾. */
const LEAD = 12;

/**
 * Builds a reader of facts from the packs' words.
 *
 * @returns a reader of normalised text whose first line is the title
 */
export function createFactReader(
  grading: GradingPack,
  pack: FactsPack,
): (text: string, publishedAt: Date) => Facts {
  const mark = createMarker(pack, grading);
  const { readFigures, isDenied } = createFigureReader(pack);
  const stops = new RegExp(pack.unitStops.join('|'));

  return (text, publishedAt) => {
    const marks = mark(text);
    const clauses = splitClauses(text);
    const standings = readStandings(text, clauses, marks, { pack, publishedAt });
    const incident = readIncident(text, clauses, standings, { marks, pack, isDenied });
    const row = pack.incidents.find(({ type }) => type === incident?.type);
    const readings = withoutTakenBack(
      readFigures(text, clauses, standings, marks),
      marks.refutation.length > 0,
    );
    const told = tell(readings, row?.treatedAs ?? 'injured');
    const loss = readLoss(text, clauses, standings);
    const isRefuted = marks.refutation.length > 0 && !told.hasStated;
    const isTelling = !isRefuted && (incident !== undefined || told.words.length > 0);
    const occurred = isTelling ? readOccurredAt(text, clauses, standings, publishedAt) : undefined;
    const { corrects } = told;
    return {
      ...readContentClass(
        contentMarks(marks, clauses, standings).filter(
          ({ start }) => !isDenied(text.slice(Math.max(0, start - LEAD), start)),
        ),
        told.figures.dead,
        grading,
      ),
      ...told.figures,
      ...(loss && { lossYuan: loss.yuan }),
      figureWords: [...told.words, ...(loss ? [loss.words] : [])].join('、'),
      leastFigures: told.atLeast,
      claimedFigures: told.claimed,
      ...(corrects !== undefined && { corrects }),
      ...(incident &&
        !isRefuted && {
          incidentType: incident.type,
          incidentWords: incident.words,
          ...(incident.magnitude !== undefined && { magnitude: incident.magnitude }),
          ...(incident.intakeCut && { intakeCut: incident.intakeCut }),
        }),
      ...(occurred && { occurredAt: occurred.at, occurredWords: occurred.words }),
      units: readUnits(text, marks.unitEnding, stops),
      setAside: setAsideOf(readings, standings, told.claimsLeft),
      ...untrueOf(marks, clauses, standings),
    };
  };
}

interface Told {
  readonly figures: Figures;
  readonly atLeast: readonly FigureKind[];
  readonly claimed: readonly FigureKind[];
  readonly words: readonly string[];
  readonly corrects?: string;
  readonly hasStated: boolean;
  readonly claimsLeft: readonly FigureReading[];
}

/** What is stated counts; a claim fills in only a kind of which nothing is stated. */
function tell(readings: readonly FigureReading[], treatedAs: 'injured' | 'poisoned'): Told {
  const counting = readings.filter(({ setAside }) => setAside === undefined);
  const claims = counting.filter(({ isClaim }) => isClaim);
  const stated = tallyFigures(
    counting.filter(({ isClaim }) => !isClaim),
    treatedAs,
  );
  if (claims.length === 0)
    return { ...stated, claimed: [], hasStated: stated.words.length > 0, claimsLeft: [] };
  const claim = tallyFigures(claims, treatedAs);
  const claimed = FIGURE_KINDS.filter(
    (kind) => claim.figures[kind] !== undefined && stated.figures[kind] === undefined,
  );
  return {
    ...stated,
    figures: { ...claim.figures, ...stated.figures },
    atLeast: [...stated.atLeast, ...claim.atLeast.filter((kind) => claimed.includes(kind))],
    claimed,
    words: [...stated.words, ...(claimed.length > 0 ? claim.words : [])],
    hasStated: stated.words.length > 0,
    claimsLeft: claimed.length > 0 ? [] : claims,
  };
}

/** Denied of these, nobody was harmed at all: 没有人员伤亡. */
const UNHARMED: ReadonlySet<Fate> = new Set(['casualties', 'dead']);

/**
 * A figure taken back at one place of a text is taken back at every place that repeats it; where the text
 * refutes something, or goes on to state that nobody came to harm, its claims are what it refutes.
 */
function withoutTakenBack(
  readings: readonly FigureReading[],
  isRefuting: boolean,
): FigureReading[] {
  const back = readings.filter(({ setAside }) => setAside === 'withdrawn');
  const denied = readings.findLast(
    ({ setAside, isClaim, fate }) => setAside === 'denied' && !isClaim && UNHARMED.has(fate),
  );
  if (back.length === 0 && !isRefuting && !denied) return [...readings];
  return readings.map((one) => {
    const isBack =
      (one.isClaim && (isRefuting || (denied && one.start < denied.start))) ||
      back.some(({ fate, atLeast }) => fate === one.fate && atLeast === one.atLeast);
    return isBack && !one.isCorrection && !one.setAside ? { ...one, setAside: 'withdrawn' } : one;
  });
}

function contentMarks(
  marks: Marks,
  clauses: readonly Clause[],
  standings: readonly Standing[],
): Mark[] {
  return marks.content.filter((mark) => {
    const at = clauses.findIndex((clause) => within(clause)(mark));
    const context = standings[at]?.context;
    return !context || !WITHOUT_CONTENT.has(context.reason);
  });
}

function setAsideOf(
  readings: readonly FigureReading[],
  standings: readonly Standing[],
  claimsLeft: readonly FigureReading[],
): SetAside[] {
  const figures = readings.flatMap(({ words, setAside }) =>
    setAside ? [{ words, reason: setAside }] : [],
  );
  const claims = claimsLeft.map(({ words }) => ({ words, reason: 'claimed' as const }));
  const contexts = standings.flatMap(({ context }) => context ?? []);
  const distinct = new Map(
    [...figures, ...claims, ...contexts].map((one) => [`${one.reason} ${one.words}`, one]),
  );
  return [...distinct.values()].slice(0, SET_ASIDE_SHOWN);
}

function untrueOf(
  marks: Marks,
  clauses: readonly Clause[],
  standings: readonly Standing[],
): Pick<Facts, 'untrue' | 'untrueWords' | 'sensitiveWords'> {
  const first = (found: readonly Mark[]): string =>
    contentMarks({ ...marks, content: found }, clauses, standings)[0]?.word ?? '';
  const panic = first(marks.panic);
  const verified = first(marks.untrueVerified);
  const suspected = first(marks.suspected);
  return {
    untrue: panic ? 'panic' : verified ? 'verified' : suspected ? 'suspected' : 'none',
    untrueWords: panic || verified || suspected,
    sensitiveWords: first(marks.place),
  };
}
