import {
  amend,
  actorOf,
  auditEffect,
  hasRole,
  laterOf,
  Refused,
  ROLE_WORDS,
  type Person,
} from '#core';
import type { SourceStateStore } from '../ports.ts';
import type { RhythmPack } from './rhythm.ts';
import type { SourceState } from '../source-state.ts';

/** Who keeps the sources. */
export type Keeping = Pick<RhythmPack, 'keepers'>;

export interface SourceAct {
  readonly sourceId: string;
  readonly actor: Person;
  readonly at: Date;
}

export const mayKeepSources = (person: Person, { keepers }: Keeping): boolean =>
  hasRole(person, ...keepers);

/**
 * A person stops a source from being read; it stays so over restarts, and says who and why.
 *
 * @throws {Refused} without the role or a reason, @throws {NotFound} for a source never looked at
 */
export async function pauseSource(
  states: SourceStateStore,
  { sourceId, actor, at, reason }: SourceAct & { readonly reason: string },
  rule: Keeping,
): Promise<SourceState> {
  demandKeeper(actor, rule);
  if (reason.trim() === '') throw new Refused('REASON_NEEDED', '请写明停用的原因', 'invalid');
  return await amend(states, sourceId, (state) =>
    state.paused
      ? undefined
      : noted(
          {
            ...state,
            health: 'disabled',
            problem: `${actor.name}停用：${reason}`,
            paused: { by: actorOf(actor), at, reason },
          },
          { sourceId, actor, at },
          '停用信息源',
          reason,
        ),
  );
}

/** The source is read again, at once or as soon as its site allows. @throws {Refused} without the role */
export async function resumeSource(
  states: SourceStateStore,
  act: SourceAct,
  rule: Keeping,
): Promise<SourceState> {
  demandKeeper(act.actor, rule);
  return await amend(states, act.sourceId, (state) => {
    if (!state.paused) return undefined;
    const { paused: _over, problem: _said, ...rest } = state;
    // What the site asked for is not undone by a person's pause.
    const nextTryAt = laterOf(state.restUntil ?? act.at, act.at);
    return noted({ ...rest, health: 'late', nextTryAt }, act, '恢复信息源', '');
  });
}

function noted(state: SourceState, act: SourceAct, what: string, detail: string): SourceState {
  const audit = auditEffect({
    at: act.at,
    actor: actorOf(act.actor),
    act: what,
    target: `source:${act.sourceId}`,
    detail,
  });
  return { ...state, effects: [...state.effects, audit] };
}

/** Who keeps the sources, in words: 监测员、舆情工作负责人或系统管理员. */
export const keepersInWords = ({ keepers }: Keeping): string =>
  new Intl.ListFormat('zh', { type: 'disjunction' }).format(
    keepers.map((role) => ROLE_WORDS[role]),
  );

/**
 * @param acts what only a keeper does
 * @throws {Refused} for a person who does not keep the sources
 */
export function demandKeeper(
  actor: Person,
  rule: Keeping,
  acts = '停用、恢复、立即读取和试读',
): void {
  if (mayKeepSources(actor, rule)) return;
  throw new Refused('ROLE_NEEDED', `${acts}由${keepersInWords(rule)}办理`, 'forbidden');
}
