import type { LeadPost, OpinionEvent } from '#analyze';
import { MACHINE, startOfBeijingDay } from '#core';
import type { MeasureRecords, SentReport } from '#measures';
import type {
  Assessment,
  Evaluation,
  OutsideNotice,
  RumorCase,
  RumorVerdict,
  SupervisionOrder,
} from '#respond';
import { openEvent } from '../../analyze/events/update-event.ts';
import { aLead } from './events.ts';
import { startByAct, applyAct, type Countdown, type DutyAct } from '#alert';
import { armingRules, countdownPack } from './alerts.ts';
import { at, later, Story } from './measured-story.ts';
import { aRumor } from './rumors.ts';
import { gradingContext } from './packs.ts';
import { aTonedPost } from './reports.ts';
import { aSupervision } from './supervision.ts';

const notice = (id: string, more: Partial<OutsideNotice>): OutsideNotice => ({
  id,
  revision: 1,
  effects: [],
  isDrill: false,
  way: 'hotline',
  from: '12345热线',
  learnedAt: at('02-18 10:00'),
  what: '反映的事',
  isInPlan: true,
  actor: MACHINE,
  recordedAt: at('02-18 10:05'),
  history: [],
  ...more,
});

/** Both sides of a release at 13:00: forty before it, forty after, of other tones. */
const aroundOne = (): LeadPost[] =>
  Array.from({ length: 80 }, (_, number) => {
    const isBefore = number < 40;
    const publishedAt = isBefore
      ? later(at('02-03 12:00'), number)
      : later(at('02-03 13:00'), (number - 40) * 8);
    const isNegative = isBefore ? number < 30 : number < 50;
    return aTonedPost(isNegative ? 'negative' : 'neutral', {
      postId: `around-${number}`,
      publishedAt,
    });
  });

function theEvents(): Record<string, Story> {
  const met = new Story('met', {
    grade: 'L2',
    known: '02-03 09:30',
    triggered: '02-03 10:00',
    occurred: '02-03 07:00',
    more: { firstPublicAt: at('02-03 09:00') },
  });
  met.alerts.push({
    id: 'alert-met',
    revision: 1,
    effects: [],
    rule: 'gradeProposal',
    subject: { kind: 'event', eventId: 'met' },
    title: 'met',
    grade: 'L2',
    isDrill: false,
    reason: '建议定为重大',
    state: 'acknowledged',
    firedAt: at('02-03 10:00'),
    acknowledgedAt: at('02-03 10:05'),
    history: [],
  });
  met.report('02-03 10:20', undefined).decide('L2', '02-03 10:25');
  met.report(undefined, '02-03 10:50').publish('firstRelease', '02-03 13:00', {
    alsoPublished: [
      { at: at('02-03 13:30'), by: { personId: 'p', name: '甲' }, channel: 'weibo', link: '' },
    ],
  });
  met.publish('followUp', '02-03 22:00').hold('02-04 09:00', '方景亭（市长）');
  met.publish('final', '02-04 12:00');
  met.posts.push(...aroundOne());
  met.assessments.push(assessment(['何时来水？', '水质如何？']));
  met.evaluation = evaluation({ answered: ['何时来水？'], at: at('02-12 10:00') });

  const late = new Story('late', { grade: 'L1', known: '02-05 08:00', triggered: '02-05 08:00' });
  late
    .report(undefined, '02-05 08:50')
    .report('02-05 09:00', undefined)
    .decide('L1', '02-05 09:30');
  const by = { personId: 'p', name: '简若汀' };
  const entered = { enteredAt: at('02-05 20:00'), lateReason: '网络中断' };
  late.publish('firstRelease', '02-05 14:00', {
    published: { at: at('02-05 14:00'), by, channel: 'govSite', link: '', ...entered },
  });
  late.publish('followUp', '02-05 19:00').publish('final', '02-06 00:30');
  // Four in the hour before it spoke, none in the next, two after: half of the first.
  late.posts.push(
    ...[0, 1, 2, 3].map((minute) =>
      aTonedPost('negative', { publishedAt: later(at('02-05 13:00'), minute) }),
    ),
    ...[0, 1].map((minute) =>
      aTonedPost('negative', { publishedAt: later(at('02-05 16:00'), minute) }),
    ),
  );

  const loweredLate = new Story('loweredLate', {
    grade: 'L2',
    known: '02-06 00:00',
    triggered: '02-06 00:00',
  }).lower('02-06 07:50', '02-06 08:00');

  const loweredInTime = new Story('loweredInTime', {
    grade: 'L2',
    known: '02-08 00:00',
    triggered: '02-08 00:00',
  });
  loweredInTime.report('02-08 00:10', undefined).act('planStarted', '02-08 00:20');
  // Not due yet when it was lowered.
  loweredInTime.report(undefined, '02-08 00:30').act('transferReceived', '02-08 00:40');
  loweredInTime.lower('02-08 01:50', '02-08 02:00').act('transferReplied', '02-09 09:00');

  const waived = new Story('waived', {
    grade: 'L2',
    known: '02-09 00:00',
    triggered: '02-09 00:00',
  });
  waived.waive('FIRST_REPORT', '02-09 00:10', 'phone').decide('L2', '02-09 00:25');
  waived.report(undefined, '02-09 00:50');
  waived.waive('AUTH_RELEASE_5H', '02-09 03:00').waive('PRESS_24H', '02-09 04:00');

  const waivedLate = new Story('waivedLate', {
    grade: 'L2',
    known: '02-10 00:00',
    triggered: '02-10 00:00',
  });
  waivedLate.report('02-10 00:05', '02-10 00:10').decide('L2', '02-10 00:25');
  waivedLate.waive('AUTH_RELEASE_5H', '02-10 06:00').hold('02-10 20:00');

  const merged = new Story('merged', {
    grade: 'L2',
    known: '02-11 12:00',
    triggered: '02-11 12:00',
  });
  merged.report('02-11 12:10', '02-11 12:20').decide('L2', '02-11 12:20');
  merged.knownEarlier('02-11 06:00', '02-11 13:00').publish('firstRelease', '02-11 15:00');
  merged.hold('02-11 18:00').publish('final', '02-11 20:00');

  const raisedByFact = new Story('raisedByFact', { grade: 'L3', known: '02-12 06:00' });
  raisedByFact.report(undefined, '02-12 07:00').decide('L2', '02-12 14:00', '医院证实9人死亡');
  raisedByFact.report('02-12 14:10', undefined).publish('final', '02-12 17:00');
  raisedByFact.hold('02-13 10:00');

  const raisedWithoutFact = new Story('raisedWithoutFact', { grade: 'L3', known: '02-13 06:00' });
  raisedWithoutFact.report(undefined, '02-13 07:30').decide('L2', '02-13 14:00');
  raisedWithoutFact.report('02-13 14:10', undefined).publish('final', '02-13 15:00', {
    checklist: { facts: '已知事实', measures: '', result: '已处置' },
  });
  raisedWithoutFact.hold('02-13 18:00');

  const first = deaths('02-16 06:00', 2);
  const toll = new Story('toll', { grade: 'L3', known: '02-16 06:00', more: byRules([first]) });
  toll.posts = [first, deaths('02-16 15:00', 12)];
  toll.decide('L3', '02-16 06:30').report(undefined, '02-16 06:40');
  toll.newsOf(byRules(toll.posts), '02-16 15:00');
  toll.report('02-16 15:10', undefined).decide('L1', '02-16 15:20');
  toll.publish('final', '02-16 19:00').hold('02-17 10:00');

  const plain = (id: string, day: string, occurred?: string): Story =>
    new Story(id, {
      grade: 'L2',
      known: `${day} 08:00`,
      triggered: `${day} 08:00`,
      ...(occurred && { occurred }),
    })
      .report(`${day} 08:10`, undefined)
      .decide('L2', `${day} 08:10`)
      .report(undefined, `${day} 08:20`)
      .publish('final', `${day} 10:00`)
      .hold(`${day} 12:00`);

  const must = (known: string, from: string): Story =>
    new Story(`must-${known}`, {
      grade: 'L3',
      known,
      more: {
        responseValue: 'must',
        mustRespondAt: { at: at(from), recordId: 'transfer', reason: '上级转办' },
      },
    });
  const answered = must('02-17 10:00', '02-17 12:00');
  answered.report(undefined, '02-17 11:00').decide('L3', '02-17 11:00');
  answered.order('02-20 12:00', '02-19 12:00').order('02-20 12:00', '02-21 12:00');
  answered.order('02-20 12:00').order('02-20 12:00', undefined, '02-17 13:00');
  answered.publish('final', '02-19 11:00');
  const unanswered = must('02-19 10:00', '02-19 10:00');
  unanswered.posts = unanswered.posts.map((post) => ({ ...post, publishedFrom: 'fetch' as const }));

  const transferred = new Story('transferred', { grade: 'L4', known: '02-10 09:00' });
  transferred.act('transferReceived', '02-10 09:00').act('transferReplied', '02-24 10:00');
  const transferredLate = new Story('transferredLate', { grade: 'L4', known: '02-02 09:00' });
  transferredLate.act('transferReceived', '02-02 09:00').act('transferReplied', '02-10 09:00');

  const march = new Story('march', { grade: 'L2', known: '02-28 22:00', triggered: '02-28 22:00' });
  march
    .report('02-28 22:10', undefined)
    .decide('L2', '02-28 22:10')
    .report(undefined, '02-28 22:20');
  march.publish('final', '03-01 01:00');

  const drill = new Story('drill', {
    grade: 'L2',
    known: '02-14 08:00',
    triggered: '02-14 08:00',
    more: { isDrill: true },
  });
  const closed = (id: string): Story => {
    const story = new Story(id, { grade: 'L4', known: '02-22 10:00' });
    story.event = { ...story.event, state: 'closed' };
    story.evaluation = evaluation({ closedAt: at('02-25 10:00') });
    return story;
  };
  return {
    met,
    late,
    loweredLate,
    loweredInTime,
    waived,
    waivedLate,
    merged,
    raisedByFact,
    raisedWithoutFact,
    toll,
    plainOne: plain('plainOne', '02-20', '02-20 06:00'),
    plainTwo: plain('plainTwo', '02-21'),
    answered,
    unanswered,
    transferred,
    transferredLate,
    march,
    drill,
    outside: new Story('outside', { grade: 'L4', known: '02-18 12:00' }),
    unreported: closed('unreported'),
    reported: closed('reported'),
    watched: new Story('watched', { grade: 'WATCH', known: '02-22 11:00' }),
  };
}

/** A city medium's report of so many dead. */
const deaths = (when: string, dead: number): LeadPost => ({
  ...aTonedPost('negative', {
    dead,
    figureWords: `${dead}人死亡`,
    contentClass: 'A1',
    publishedFrom: 'feed',
  }),
  fetchedAt: at(when),
  publishedAt: later(at(when), -10),
});

/** The event as the grading rules have it from these posts. */
const byRules = (posts: LeadPost[]): OpinionEvent => ({
  ...openEvent(
    'toll',
    { leads: [aLead({ id: 'lead-toll', eventId: 'toll', posts })], terms: [['坍塌', 1]] },
    gradingContext,
    { isDrill: false },
  ),
  title: 'toll',
});

function assessment(questions: readonly string[]): Assessment {
  return {
    focusQuestions: questions.map((text) => ({ text, postIds: [], foundBy: 'person' })),
    confirmed: { by: MACHINE, at: at('02-03 11:00') },
  } as unknown as Assessment;
}

function evaluation(parts: { answered?: string[]; at?: Date; closedAt?: Date }): Evaluation {
  const { answered, at: evaluatedAt, closedAt } = parts;
  return {
    id: 'evaluation',
    ...(answered && { evaluated: { by: MACHINE, at: evaluatedAt, draft: { answered } } }),
    ...(closedAt && { closed: { by: MACHINE, at: closedAt, unmet: [], reason: '' } }),
  } as unknown as Evaluation;
}

function theSupervisions(): SupervisionOrder[] {
  const opened = (when: string, more: Partial<SupervisionOrder>): SupervisionOrder => ({
    ...aSupervision(),
    opened: { at: at(when), by: MACHINE },
    ...more,
  });
  return [
    opened('02-05 13:00', { id: 's1', state: 'closed' }),
    opened('02-06 05:00', { id: 's2', state: 'urged' }),
    opened('01-20 05:00', { id: 's3', state: 'closed' }),
    opened('02-14 05:00', { id: 's4', isDrill: true }),
  ];
}

/** Claims of the month: three clarified, one that waits, one that turned out to be true, one of March, one of a drill. */
function theRumors(): RumorCase[] {
  const judged = (
    id: string,
    seen: string,
    verdict: { when: string; is: RumorVerdict },
    clarifications: { published: string; withdrawn?: string }[],
    more: Partial<RumorCase> = {},
  ): RumorCase => ({
    ...aRumor(),
    id,
    claimText: id,
    firstSeenAt: at(seen),
    state: clarifications.length > 0 ? 'clarified' : 'confirmedFalse',
    verdicts: [{ at: at(verdict.when), by: MACHINE, verdict: verdict.is, reason: '核对' }],
    clarifications: clarifications.map(({ published, withdrawn }, number) => ({
      releaseId: `${id}-${number}`,
      draftedAt: at(published),
      publishedAt: at(published),
      ...(withdrawn && { withdrawnAt: at(withdrawn) }),
    })),
    ...more,
  });
  const untrue = (when: string) => ({ when, is: 'false' as const });
  return [
    judged('six', '02-03 08:00', untrue('02-03 10:00'), [{ published: '02-03 14:00' }]),
    judged('two', '02-05 08:00', { when: '02-05 09:00', is: 'misleading' }, [
      { published: '02-06 10:00' },
      { published: '02-05 10:00' },
    ]),
    judged('again', '02-06 08:00', untrue('02-06 08:30'), [
      { published: '02-06 09:00', withdrawn: '02-06 12:00' },
      { published: '02-07 08:00' },
    ]),
    judged('waiting', '02-08 08:00', untrue('02-08 12:00'), []),
    judged('true', '02-09 08:00', { when: '02-11 08:00', is: 'true' }, [
      { published: '02-10 08:00' },
    ]),
    judged('marchRumor', '02-27 08:00', untrue('02-28 08:00'), [{ published: '03-01 08:00' }]),
    judged('drillRumor', '02-12 08:00', untrue('02-12 09:00'), [{ published: '02-12 10:00' }], {
      isDrill: true,
    }),
  ];
}

/** Of twelve sent, one was wrong in a fact, one in its wording, one is still being corrected. */
function theReports(): SentReport[] {
  const sent = (number: number, when: string, more: Partial<SentReport> = {}): SentReport => ({
    id: `daily-2026-${number}-0`,
    name: `舆情日报〔2026〕第${number}期`,
    isDrill: false,
    sentAt: at(when),
    ...more,
  });
  const correction = { name: '舆情日报〔2026〕第30期', reason: '数字有误', isFactual: true };
  return [
    ...Array.from({ length: 9 }, (_, index) => sent(21 + index, `02-0${index + 1} 17:30`)),
    sent(31, '02-10 17:30', { correction: { ...correction, sentAt: at('02-11 09:00') } }),
    sent(32, '02-11 17:30', {
      correction: { ...correction, isFactual: false, sentAt: at('02-12 09:00') },
    }),
    sent(33, '02-12 17:30', { correction }),
    sent(20, '01-31 17:30', { correction: { ...correction, sentAt: at('02-01 09:00') } }),
    sent(34, '02-13 17:30', {
      isDrill: true,
      correction: { ...correction, sentAt: at('02-14 09:00') },
    }),
  ];
}

/** The reply to a paper that belonged to no event. */
function theOtherDuties(): Countdown[] {
  const act = (kind: DutyAct['kind'], when: string): DutyAct => ({
    id: `paper-${kind}`,
    target: 'transfer:paper',
    kind,
    doneAt: at(when),
    ref: 'transfer:paper',
    what: kind,
    title: 'paper',
    dueAt: at('02-21 12:00'),
    isDrill: false,
  });
  const begun = startByAct(
    act('transferReceived', '02-20 09:00'),
    [],
    armingRules,
    at('02-20 09:00'),
  );
  return begun.map(
    (one) => applyAct(one, act('transferReplied', '02-21 11:00'), countdownPack) ?? one,
  );
}

/** February 2026, with its holiday and its make-up days, read on 2 March; the answers are known. */
export function theMonth(changes: Partial<MeasureRecords> = {}): MeasureRecords {
  const readAt = at('03-02 12:00');
  const stories = Object.values(theEvents()).map((story) => story.pass(readAt));
  const register = stories
    .flatMap(({ entries }) => entries)
    .filter(({ eventId }) => eventId !== 'plainTwo')
    .map((entry) => (entry.eventId === 'plainOne' ? { ...entry, reviewer: ' ' } : entry));
  return {
    isDrill: false,
    period: { from: startOfBeijingDay('2026-02-01'), to: startOfBeijingDay('2026-03-01') },
    readAt,
    events: stories.map(({ file }) => file),
    supervisions: theSupervisions(),
    rumors: theRumors(),
    otherDuties: theOtherDuties(),
    register,
    reported: new Map([['reported', '舆情日报〔2026〕第30期']]),
    sentReports: theReports(),
    outsideNotices: [
      notice('first', { eventId: 'outside' }),
      notice('unknownToUs', { grade: 'L3' }),
      notice('afterUs', { eventId: 'must-02-17 10:00' }),
      notice('outOfPlan', { grade: 'L4', isInPlan: false }),
      notice('small', { grade: 'WATCH' }),
      notice('january', { grade: 'L3', learnedAt: at('01-31 23:59') }),
      notice('drill', { grade: 'L3', isDrill: true }),
    ],
    sources: [
      { id: 'a', name: '霖江日报', kindName: '报刊', isHealthy: true, healthName: '正常' },
      { id: 'b', name: '霖江论坛', kindName: '论坛', isHealthy: true, healthName: '正常' },
      { id: 'c', name: '市长信箱', kindName: '信箱', isHealthy: false, healthName: '读不到' },
    ],
    principals: ['方景亭'],
    isCutOff: false,
    ...changes,
  };
}
