import {
  auditEffect,
  AuditEntrySchema,
  MACHINE,
  type AuditEntry,
  type LogEntry,
  type MendPlaces,
  type Now,
} from '#core';
import { NOTICES_TOPIC, NoticeSchema } from './alert.ts';
import type { AlertingDeps } from './deps.ts';
import type { Outbox } from './ports.ts';
import type { SelfWatchPack } from './self-watch-pack.ts';
import { tellOperators } from './system-alerts.ts';

export interface DutyAuditDeps {
  readonly alerting: AlertingDeps;
  /** Records that duties rest on, with the values beside them by which they are found. */
  readonly records: readonly MendPlaces[];
  readonly log: {
    /** The newest entries that a group of readers has passed. */
    listPassed(topic: string, group: string, limit: number): Promise<readonly LogEntry[]>;
  };
  readonly outbox: Pick<Outbox, 'create' | 'findById'> & {
    /** Notices whose lease ran out before that time and that nobody took up again. */
    countLapsed(before: Date): Promise<number>;
  };
  /** Readers of notices on their way into the outbox. */
  readonly noticeGroup: string;
  readonly trail: { append(entry: AuditEntry): Promise<void> };
  readonly pack: SelfWatchPack['audit'];
  readonly realNow: Now;
  readonly isDrill: boolean;
}

/** Of what cannot be read, so many are named. */
const MOST_NAMED = 3;

/** What one turn found, in words; empty when all is as it should be. */
export interface DutyAudit {
  readonly at: Date;
  readonly findings: readonly string[];
  /** Of them those that mean that duties are not served now; absent when there are none. */
  readonly unserved?: readonly string[];
}

/**
 * 值守自查: a turn over the records on which duties rest. Lost wake-ups and lost notices are put back; what does
 * not move is told. Nothing here decides anything anew, so a turn too many does no harm.
 */
export function createDutyAudit(deps: DutyAuditDeps): () => Promise<DutyAudit> {
  const reached = new Map<MendPlaces, number>();
  return async () => {
    const at = deps.realNow();
    const records = await mendRecords(deps, reached);
    const restored = await restoreNotices(deps);
    const stuck = [...(await findOverdue(deps)), ...(await findLapsed(deps, at))];
    const findings = [...records.findings, ...restored, ...stuck];
    if (findings.length > 0) await tell(findings, deps, at);
    // What was put right is told, and hinders nothing any more.
    const unserved = [...records.silent, ...stuck];
    return { at, findings, ...(unserved.length > 0 && { unserved }) };
  };
}

async function mendRecords(
  { records, pack }: DutyAuditDeps,
  reached: Map<MendPlaces, number>,
): Promise<{ readonly findings: readonly string[]; readonly silent: readonly string[] }> {
  const findings: string[] = [];
  const silent: string[] = [];
  for (const store of records) {
    const turn = await store.mendPlaces(reached.get(store) ?? 0, pack.recordsATurn);
    reached.set(store, turn.next);
    if (turn.unreadable.length > 0) {
      findings.push(
        `${store.kind} ${turn.unreadable.length} 条读不懂（${named(turn.unreadable)}）`,
      );
    }
    if (turn.waiting.length > 0) {
      silent.push(
        `${store.kind} ${turn.waiting.length} 条还在等时间却读不懂（${named(turn.waiting)}）`,
      );
    }
    if (turn.mended.length > 0) {
      findings.push(`${store.kind} ${turn.mended.length} 条的提醒时间与记录不符，已按记录改正`);
    }
  }
  return { findings, silent };
}

const named = (ids: readonly string[]): string => ids.slice(0, MOST_NAMED).join('、');

/** Whoever decided a notice wrote it to the log first; what came out of it must be in the outbox. */
async function restoreNotices(deps: DutyAuditDeps): Promise<readonly string[]> {
  const { log, outbox, noticeGroup, pack } = deps;
  let restored = 0;
  for (const { id, body } of await log.listPassed(NOTICES_TOPIC, noticeGroup, pack.noticesATurn)) {
    if (await outbox.findById(id)) continue;
    const notice = NoticeSchema.safeParse(body);
    // What cannot be read was set aside at its time, and is counted there.
    if (notice.success && (await outbox.create(notice.data))) restored += 1;
  }
  return restored > 0 ? [`通知 ${restored} 条不在发件箱里，已补上`] : [];
}

async function findOverdue({ alerting, pack }: DutyAuditDeps): Promise<readonly string[]> {
  const before = new Date(alerting.now().getTime() - pack.overdueMs);
  const countdowns = await alerting.countdowns.findDue(before, 1);
  const ladders = await alerting.alerts.findLadderDue(before, 1);
  return [
    ...(countdowns.length > 0 ? ['有时限的提醒到点没有处理'] : []),
    ...(ladders.length > 0 ? ['有升级阶梯到点没有叫人'] : []),
  ];
}

async function findLapsed({ outbox, pack }: DutyAuditDeps, at: Date): Promise<readonly string[]> {
  const lapsed = await outbox.countLapsed(new Date(at.getTime() - pack.lapsedMs));
  return lapsed > 0 ? [`通知 ${lapsed} 条发到一半，没有接着发`] : [];
}

async function tell(
  findings: readonly string[],
  { alerting, trail, isDrill }: DutyAuditDeps,
  at: Date,
): Promise<void> {
  const reason = findings.join('；');
  const entry = auditEffect({
    at,
    actor: MACHINE,
    act: 'dutyAudit',
    target: 'system:dutyAudit',
    detail: reason,
  });
  await trail.append(AuditEntrySchema.parse(entry.body));
  await tellOperators({ part: 'dutyAudit', title: '值守自查发现问题', reason, isDrill }, alerting);
}
