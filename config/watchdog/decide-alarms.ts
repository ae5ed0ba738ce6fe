import type { Trouble } from './judge-watch.ts';
import type { TroubleKind } from './watch-pack.ts';

export interface OpenTrouble {
  readonly trouble: Trouble;
  readonly seenAt: Date;
  readonly isTold: boolean;
}

/** What has been told, so that it is told once. */
export interface AlarmState {
  /** Present, or gone for less than the calm. */
  readonly open: readonly OpenTrouble[];
  /** Told since all was last well, and over. */
  readonly over: readonly OpenTrouble[];
  /** Absent while there is nothing to remind of. */
  readonly toldAt?: Date | undefined;
}

export interface AlarmRules {
  readonly remindEveryMs: number;
  /** So long a trouble must be gone before it is over. */
  readonly calmMs: number;
  /** What a trouble of a kind brings about by itself. */
  readonly explains: (kind: TroubleKind) => readonly TroubleKind[];
}

/** One thing to be told to everybody. */
export type AlarmMessage =
  | { readonly kind: 'alarm' | 'reminder'; readonly at: Date; readonly troubles: Trouble[] }
  | { readonly kind: 'recovered'; readonly at: Date; readonly over: readonly OpenTrouble[] };

/**
 * What to tell after one look: a new trouble at once, one that lasts again and again, and once that all is
 * well. What another trouble explains is named with it and rings nobody by itself.
 */
export function decideAlarms(
  troubles: readonly Trouble[],
  state: AlarmState,
  now: Date,
  rules: AlarmRules,
): { readonly message?: AlarmMessage; readonly state: AlarmState } {
  const present = troubles.map((trouble) => ({
    trouble,
    seenAt: now,
    isTold: state.open.some(({ trouble: { id }, isTold }) => id === trouble.id && isTold),
  }));
  const absent = state.open.filter(({ trouble: { id } }) => troubles.every((one) => one.id !== id));
  const isCalm = ({ seenAt }: OpenTrouble): boolean =>
    now.getTime() - seenAt.getTime() >= rules.calmMs;
  const open = [...present, ...absent.filter((one) => !isCalm(one))];
  const over = [...state.over, ...absent.filter((one) => one.isTold && isCalm(one))];

  if (open.length === 0) {
    const isWorthTelling = state.toldAt !== undefined && over.length > 0;
    return {
      ...(isWorthTelling && { message: { kind: 'recovered', at: now, over: newestOfEach(over) } }),
      state: { open: [], over: [] },
    };
  }
  const kind = kindOf(present, open, state.toldAt, now, rules);
  if (!kind) return { state: { open, over, toldAt: state.toldAt } };
  return {
    message: { kind, at: now, troubles: [...troubles] },
    state: { open: open.map(toldNow(now)), over, toldAt: now },
  };
}

function kindOf(
  present: readonly OpenTrouble[],
  open: readonly OpenTrouble[],
  toldAt: Date | undefined,
  now: Date,
  { remindEveryMs, explains }: AlarmRules,
): 'alarm' | 'reminder' | undefined {
  const explained = new Set(open.flatMap(({ trouble }) => explains(trouble.kind)));
  const isNew = ({ trouble, isTold }: OpenTrouble): boolean =>
    !isTold && !explained.has(trouble.kind);
  if (present.some(isNew)) return 'alarm';
  const isTimeAgain = toldAt !== undefined && now.getTime() - toldAt.getTime() >= remindEveryMs;
  return present.length > 0 && isTimeAgain ? 'reminder' : undefined;
}

/** Only what this look saw is in the message. */
const toldNow =
  (now: Date) =>
  (one: OpenTrouble): OpenTrouble => ({ ...one, isTold: one.isTold || one.seenAt === now });

function newestOfEach(over: readonly OpenTrouble[]): OpenTrouble[] {
  return [...new Map(over.map((one) => [one.trouble.id, one])).values()];
}
