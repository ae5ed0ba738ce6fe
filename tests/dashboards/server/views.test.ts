import { describe, expect, test } from 'vitest';
import type { Correction } from '#analyze';
import type { AuditEntry } from '#core';
import { DeskView, EventView, ReleaseView } from '#contract';
import { toDeskView, type DeskParts } from '../../../dashboards/server/views/to-desk-view.ts';
import {
  toEventView,
  type EventViewParts,
} from '../../../dashboards/server/views/to-event-view.ts';
import { toTimeline } from '../../../dashboards/server/views/to-timeline.ts';
import { toReleaseView } from '../../../dashboards/server/views/to-release-view.ts';
import {
  aCountdown,
  aFieldProposal,
  anAlert,
  anEvent,
  aNotice,
  aPost,
  aRelease,
  aLead,
  minutesLater,
  START,
} from './support.ts';

const ZHANG = { personId: 'person-z', name: '张三' };
const acknowledged = anAlert({
  state: 'acknowledged',
  acknowledgedAt: minutesLater(3),
  acknowledgedBy: ZHANG,
  ladder: {
    policyVersion: 'ladder@1',
    grade: 'L2',
    startedAt: START,
    nextStep: 2,
    round: 1,
    phase: 'reminding',
    steps: [
      {
        step: 0,
        round: 1,
        at: START,
        calls: [
          {
            personId: 'person-z',
            name: '张三',
            role: 'dutyOfficer',
            channels: [
              { kind: 'email', state: 'queued', noticeId: 'notice-1' },
              { kind: 'sms', state: 'notSetUp' },
            ],
          },
        ],
        empty: ['opinionLead'],
      },
    ],
  },
});

const anAct = (more: Partial<AuditEntry>): AuditEntry => ({
  id: 'act-1',
  at: minutesLater(3),
  actor: ZHANG,
  act: '确认预警',
  target: 'alert:alert-1',
  detail: '',
  result: 'done',
  ...more,
});

const parts = (more: Partial<EventViewParts> = {}): EventViewParts => ({
  mayFind: [],
  regroupings: [],
  mayRegroup: false,
  growthAlarm: undefined,
  mayRecord: [],
  countdownsSeen: new Map(),
  stir: { heat: { value: 0, changeLastHour: 0, parts: [] }, volume: [] },
  event: anEvent(),
  leads: [aLead()],
  posts: [aPost()],
  alerts: [acknowledged],
  notices: [aNotice()],
  countdowns: [aCountdown()],
  releases: [aRelease()],
  audit: [],
  sourceNames: new Map([['source-1', '滨河论坛']]),
  nextCalls: new Map(),
  proposals: [aFieldProposal],
  may: ['confirmGrade'],
  ...more,
});

describe('the event page', () => {
  test('says of a field who corrected it, and what the machine had proposed', () => {
    const correction: Correction = {
      id: 'correction-1',
      revision: 1,
      effects: [],
      eventId: 'event-1',
      field: 'mustRespond',
      value: 'misread,emergency',
      proposed: '突发事件',
      reason: '公告写得不清楚',
      by: ZHANG,
      at: minutesLater(4),
      text: '',
    };
    const { confidence: _sure, valueName: _name, ...field } = aFieldProposal;
    const proposals = [
      { ...field, field: 'mustRespond', value: correction.value, correction },
    ] as const;
    expect(toEventView(parts({ proposals })).fieldProposals[0]).toMatchObject({
      valueName: '重大政策被误解误读、突发事件',
      isSeveral: true,
      correction: { by: '张三', reason: '公告写得不清楚', proposed: '突发事件' },
    });
  });

  test('is what the contract says, whatever is absent', () => {
    expect(EventView.parse(toEventView(parts()))).toBeDefined();
    const bare = { leads: [], posts: [], alerts: [], notices: [], countdowns: [], releases: [] };
    expect(EventView.parse(toEventView(parts(bare)))).toBeDefined();
  });

  test('explains the proposed grade by indicator, with its ceiling and what is missing to the next', () => {
    expect(toEventView(parts()).proposal).toMatchObject({
      grade: 'L2',
      points: [
        { name: '内容', points: 14, most: 30, reason: '停水断供' },
        { name: '媒体', points: 9, most: 20, reason: '市级媒体' },
      ],
      toNext: { grade: 'L1', points: 16 },
    });
  });

  test('keeps open countdowns apart from all of them, nearest due first, a breach still open', () => {
    const countdowns = [
      aCountdown({ id: 'later', statutoryDueAt: minutesLater(900) }),
      aCountdown({ id: 'met', state: 'satisfied' }),
      aCountdown({ id: 'missed', state: 'breached', statutoryDueAt: minutesLater(-5) }),
    ];
    const view = toEventView(parts({ countdowns }));
    expect(view.countdowns.map(({ id }) => id)).toEqual(['missed', 'later']);
    expect(view.allCountdowns).toHaveLength(3);
    expect(view.countdowns[0]?.start).toMatchObject({ recordId: 'post-1' });
  });

  test('shows a post whose text is no longer kept, and never the name of an individual', () => {
    const [lead] = toEventView(parts({ posts: [] })).leads;
    expect(lead?.posts).toMatchObject([
      { id: 'post-1', text: '', outlet: '个人', sourceName: '滨河论坛' },
      { id: 'post-2', outlet: '滨河日报' },
    ]);
  });
});

describe('the timeline', () => {
  const lines = (more: Partial<EventViewParts> = {}) =>
    toTimeline(parts(more)).map(
      ({ at, kind, who, what }) => `${at.slice(11, 16)} ${kind} ${who} ${what}`,
    );

  test('tells an event from its first post to its release, oldest first', () => {
    expect(lines()).toEqual([
      '17:58 post 个人 停水一天了没人管（另有 1 篇相同内容）',
      '18:18 proposal 系统 建议橙·重大：64分',
      '18:18 alert 系统 橙·重大预警：1小时内新增86条，平时3条',
      '18:18 ladder 系统 升级阶梯第1步：张三（值班员：邮件、短信未接入）、舆情工作负责人无人可通知',
      '18:18 countdown 系统 5小时发布：开始计时',
      '18:19 notice 系统 邮件通知 张三：已提交',
      '18:21 acknowledgement 张三 确认预警，由其处理',
      '18:48 release 赵六 拟稿：关于滨河花园停水情况的通报',
    ]);
  });

  test('does not tell an act twice, and does tell one that was refused', () => {
    const before = lines().length;
    expect(lines({ audit: [anAct({})] })).toHaveLength(before);
    const refused = anAct({ act: '登记发布', detail: '审查尚未完成', result: 'refused' });
    expect(lines({ audit: [refused] })).toContain('18:21 act 张三 登记发布未成功：审查尚未完成');
    expect(lines({ audit: [anAct({ at: minutesLater(9), act: '查看原件' })] })).toContain(
      '18:27 act 张三 查看原件',
    );
  });

  test('says why a notice did not go out', () => {
    const dead = aNotice({
      state: 'dead',
      attempts: [{ at: minutesLater(2), result: 'config', detail: '550 无此收件人' }],
    });
    const { submittedAt: _never, ...unsent } = dead;
    expect(lines({ notices: [unsent] })).toContain(
      '18:20 notice 系统 邮件通知 张三：未送出：550 无此收件人',
    );
  });
});

describe('the desk', () => {
  const desk = (more: Partial<DeskParts> = {}) =>
    DeskView.parse(
      toDeskView({
        at: START,
        alerts: [],
        events: [],
        countdowns: [],
        sources: [],
        outageSince: undefined,
        postsToday: 0,
        rosterGaps: [],
        onDuty: [],
        setAside: 0,
        gaps: [],
        readiness: [],
        ...more,
      }),
    );
  const shown = (alert: Parameters<typeof anAlert>[0]) => ({
    alert: anAlert(alert),
    notices: [],
    next: undefined,
  });

  test('puts those who wait first, the gravest and then the longest wait at the top', () => {
    const alerts = [
      shown({ id: 'done-early', state: 'acknowledged', firedAt: minutesLater(-90) }),
      shown({ id: 'waits', firedAt: minutesLater(-1) }),
      shown({ id: 'done-late', state: 'handled', firedAt: minutesLater(-2) }),
      shown({ id: 'waits-long', firedAt: minutesLater(-30) }),
      shown({ id: 'waits-grave', grade: 'L1', firedAt: minutesLater(-1) }),
    ];
    expect(desk({ alerts }).alerts.map(({ id }) => id)).toEqual([
      'waits-grave',
      'waits-long',
      'waits',
      'done-late',
      'done-early',
    ]);
  });

  test('sorts events by time left; those without a limit come last, the gravest first', () => {
    const events = [
      anEvent({ id: 'watched', proposal: { ...anEvent().proposal, grade: 'WATCH' } }),
      anEvent({ id: 'grave' }),
      anEvent({ id: 'later' }),
      anEvent({ id: 'soon' }),
    ];
    const countdowns = [
      aCountdown({ id: 'a', eventId: 'later', statutoryDueAt: minutesLater(900) }),
      aCountdown({ id: 'b', eventId: 'soon', statutoryDueAt: minutesLater(30) }),
      aCountdown({ id: 'c', eventId: 'grave', state: 'satisfied' }),
    ];
    expect(desk({ events, countdowns }).events.map(({ id }) => id)).toEqual([
      'soon',
      'later',
      'grave',
      'watched',
    ]);
  });

  test('says what stands wrong: gaps of the duty, parts that fail, records set aside', () => {
    const { warnings } = desk({
      gaps: ['值班员未排班'],
      readiness: [
        { name: '邮件', isOk: false, detail: '连接被拒绝' },
        { name: '数据文件', isOk: true, detail: '' },
      ],
      setAside: 2,
    });
    expect(warnings.map(({ text }) => text)).toEqual([
      '值班员未排班',
      '邮件：连接被拒绝',
      '2 条记录无法处理，已另存待查',
    ]);
  });
});

test('a release shows each step with who signed the present text, and what is missing', () => {
  const signature = {
    step: 'content' as const,
    actor: ZHANG,
    roles: ['releaseReviewer' as const],
    at: minutesLater(40),
    verdict: 'agreed' as const,
    comment: '',
    contentDigest: 'digest-text',
  };
  const view = toReleaseView(aRelease(), {
    steps: [
      { step: 'content', signature, maySign: false, isStandIn: true, needsSecondFactor: false },
      { step: 'secrecy', maySign: true, isStandIn: false, needsSecondFactor: false },
    ],
    hits: [{ key: 'k', kind: 'negative', words: '会议纪要', says: '过程性信息', mustAnswer: true }],
    mayAnswerHits: true,
    missing: ['缺少保密审查'],
    mayEdit: false,
    maySubmit: false,
    mayPublish: false,
    mayCorrect: false,
    mayWithdraw: false,
  });
  expect(ReleaseView.parse(view)).toMatchObject({
    kindName: '首次发布',
    stateName: '草稿',
    hits: [{ kindName: '负面清单', words: '会议纪要', mustAnswer: true }],
    steps: [
      { name: '内容审核', signedBy: '张三', verdict: 'agreed' },
      { name: '保密审查', maySign: true },
    ],
    missing: ['缺少保密审查'],
  });
});
