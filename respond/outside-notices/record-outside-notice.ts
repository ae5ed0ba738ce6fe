import { actorOf, beijingMinute, hasRole, idOf, Refused, type Person, type Role } from '#core';
import { rolesInWords } from '../words.ts';
import { withNote } from '../with-note.ts';
import {
  OUTSIDE_WAY_NAMES,
  type OutsideNotice,
  type OutsideNoticeStore,
} from './outside-notice.ts';

export type OutsideNoticeDraft = Pick<
  OutsideNotice,
  'way' | 'from' | 'learnedAt' | 'what' | 'eventId' | 'grade' | 'isInPlan'
>;

export interface OutsideNoticeRequest {
  readonly draft: OutsideNoticeDraft;
  readonly isDrill: boolean;
  readonly actor: Person;
  /** Server time. */
  readonly at: Date;
}

/** Enters what was learned from outside. @throws {Refused} */
export async function recordOutsideNotice(
  deps: { readonly outsideNotices: OutsideNoticeStore; readonly recorders: readonly Role[] },
  request: OutsideNoticeRequest,
): Promise<OutsideNotice> {
  const notice = newOutsideNotice(request, deps.recorders);
  if (await deps.outsideNotices.create(notice)) return notice;
  return (await deps.outsideNotices.findById(notice.id)) ?? notice;
}

/** @throws {Refused} when the role, the origin or the grade is missing, or the time lies ahead */
export function newOutsideNotice(
  { draft, isDrill, actor, at }: OutsideNoticeRequest,
  recorders: readonly Role[],
): OutsideNotice {
  if (!hasRole(actor, ...recorders)) {
    const rule = `登记外来线索须为${rolesInWords(recorders)}`;
    throw new Refused('ROLE_NEEDED', rule, 'forbidden');
  }
  const from = draft.from.trim();
  const what = draft.what.trim();
  if (from === '' || what === '') {
    throw new Refused('NOTICE_INCOMPLETE', '从哪个单位或媒体得知、是什么事，都要写', 'invalid');
  }
  if (draft.learnedAt > at) {
    throw new Refused('NOTICE_AHEAD', '得知的时间不能晚于现在', 'invalid');
  }
  if (!draft.eventId && !draft.grade) {
    throw new Refused('NOTICE_GRADE', '没有对应的事件时，须写明相当于什么等级', 'invalid');
  }
  const { way, learnedAt, eventId, grade, isInPlan } = draft;
  const by = actorOf(actor);
  const notice: OutsideNotice = {
    id: idOf('outsideNotice', way, from, what, learnedAt.toISOString(), eventId ?? ''),
    revision: 1,
    effects: [],
    isDrill,
    way,
    from,
    learnedAt,
    what,
    ...(eventId ? { eventId } : { grade }),
    isInPlan,
    actor: by,
    recordedAt: at,
    history: [],
  };
  const plan = isInPlan ? '监测方案范围之内' : '监测方案范围之外';
  const said = `登记外来线索：${beijingMinute(learnedAt)} ${OUTSIDE_WAY_NAMES[way]}（${from}）：${what}；${plan}`;
  return withNote(notice, 'outsideNotice', { actor: by, at, what: said });
}
