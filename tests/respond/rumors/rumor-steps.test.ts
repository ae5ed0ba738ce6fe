import { describe, expect, test } from 'vitest';
import { ROLES, type Person, type Role } from '#core';
import { clarificationMs, RUMOR_STATES, type RumorCase, type RumorState } from '#respond';
import { SqliteRumorStore } from '../../../respond/adapters/sqlite-rumor-store.ts';
import {
  RUMOR_STEPS,
  rumorStepsOpenTo,
  whyNotRumorStep,
  type RumorStep,
  type RumorStepTaken,
} from '../../../respond/rumors/rumor-steps.ts';
import { withRumorStep } from '../../../respond/rumors/take-rumor-step.ts';
import { describeDocuments } from '../../contracts/documents.contract.ts';
import { aPerson, office } from '../../support/people.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import { aClaimPost, aRumor, CLAIM, rumorRules } from '../../support/rumors.ts';
import { DATABASES } from '../../support/temp-database.ts';

for (const { where, open } of DATABASES) {
  describeDocuments(`rumour cases, ${where},`, {
    open: async () => new SqliteRumorStore(open().database),
    make: (id, effects) => ({ ...aRumor(), id, effects: [...effects] }),
    change: (rumor) => ({ ...rumor, claimText: `${rumor.claimText}。` }),
  });
}

const lead = aPerson('严正', ['opinionLead']);
const take = (
  rumor: RumorCase,
  taken: RumorStepTaken,
  actor: Person = lead,
  found = [aClaimPost()],
): RumorCase => withRumorStep(rumor, taken, { actor, at: minutesAfter(60) }, rumorRules, found);
const EVIDENCE = {
  step: 'addEvidence',
  text: '市应急局核对：3人死亡，没有其他失联人员',
  source: '市应急管理局值班室电话记录',
  link: '',
} as const;
const judge = (verdict: 'false' | 'misleading' | 'unverified' | 'true', reason = '与核对不符') =>
  ({ step: 'judge', verdict, reason }) as const;

/** State → step → who: the table of the domain model, written down a second time. */
const OPENERS: readonly Role[] = ['dutyOfficer', 'analyst', 'opinionLead'];
const VERIFIERS: readonly Role[] = [...OPENERS, 'handler', 'liaison', 'unitHead'];
const JUDGES: readonly Role[] = ['opinionLead', 'deputyLeader', 'principal'];
const DRAFTERS: readonly Role[] = ['handler', 'unitHead', 'analyst', 'opinionLead', 'spokesperson'];
const TRACKERS: readonly Role[] = ['analyst', 'opinionLead'];
const LIFE: Record<RumorState, Partial<Record<RumorStep, readonly Role[]>>> = {
  claimed: { start: VERIFIERS, addPosts: OPENERS, addEvidence: VERIFIERS },
  verifying: { addPosts: OPENERS, addEvidence: VERIFIERS, judge: JUDGES },
  confirmedFalse: { addPosts: OPENERS, clarify: DRAFTERS, reverify: JUDGES },
  misleading: { addPosts: OPENERS, clarify: DRAFTERS, reverify: JUDGES },
  unverified: { addPosts: OPENERS, addEvidence: VERIFIERS, track: TRACKERS, reverify: JUDGES },
  confirmedTrue: { reverify: JUDGES },
  clarifying: { addPosts: OPENERS, reverify: JUDGES },
  clarified: { addPosts: OPENERS, track: TRACKERS, reverify: JUDGES },
  tracking: { addPosts: OPENERS, close: JUDGES, reverify: JUDGES },
  closed: { reverify: JUDGES },
};

describe.for(RUMOR_STATES)('a case that is %s', (state) => {
  test.for(RUMOR_STEPS)('takes the step %s from those, and those alone, whose it is', (step) => {
    const allowed = ROLES.filter(
      (role) => !whyNotRumorStep({ state }, step, aPerson(role, [role]), rumorRules),
    );
    const expected = LIFE[state][step] ?? [];
    expect(allowed.toSorted()).toEqual([...expected].toSorted());
  });
});

test('every button that is offered is an act that is not refused', () => {
  for (const state of RUMOR_STATES) {
    const offered = rumorStepsOpenTo({ state }, lead, rumorRules);
    expect([state, offered]).toEqual([state, Object.keys(LIFE[state])]);
  }
});

describe('a claim that is opened', () => {
  test('stands word for word, is neither true nor false, and was first seen with its first post', () => {
    const rumor = aRumor();
    expect(rumor).toMatchObject({ claimText: CLAIM, state: 'claimed', verdicts: [] });
    expect(rumor.firstSeenAt).toEqual(minutesAfter(-30));
    expect(JSON.stringify(rumor.effects)).toContain(`立核查：“${CLAIM}”`);
  });

  test('that stood in no public post was first seen when it was opened', () => {
    expect(aRumor({ posts: [] }).firstSeenAt).toEqual(NOON);
  });

  test('asks for the role and for the words', () => {
    expect(() => aRumor({ actor: office.publisher })).toThrow(
      expect.objectContaining({ code: 'ROLE_NEEDED' }),
    );
    expect(() => aRumor({ claimText: ' ' })).toThrow(
      expect.objectContaining({ code: 'CLAIM_NEEDED' }),
    );
  });

  test('is the same case when it is sent twice, another of another event', () => {
    expect(aRumor().id).toBe(aRumor({ at: minutesAfter(1) }).id);
    expect(aRumor({ event: { id: 'event-2', isDrill: false } }).id).not.toBe(aRumor().id);
  });
});

test('further posts are added once each; an earlier one moves the first sight earlier, never later', () => {
  const earlier = aClaimPost({ postId: 'post-2', fetchedAt: minutesAfter(-90) });
  const later = aClaimPost({ postId: 'post-3', fetchedAt: minutesAfter(30) });
  const all = [aClaimPost(), earlier, later];
  const add = (rumor: RumorCase, ...postIds: string[]) =>
    take(rumor, { step: 'addPosts', postIds }, lead, all);
  const once = add(aRumor(), 'post-1', 'post-3');
  expect(once.posts.map(({ postId }) => postId)).toEqual(['post-1', 'post-3']);
  expect(once.firstSeenAt).toEqual(minutesAfter(-30));
  expect(add(once, 'post-2').firstSeenAt).toEqual(minutesAfter(-90));
  expect(() => add(once, 'post-1', 'somewhere-else')).toThrow(
    expect.objectContaining({ code: 'RUMOR_POSTS_NEEDED' }),
  );
});

test('evidence is only ever added to, with its source, and begins the verification', () => {
  const once = take(aRumor(), EVIDENCE, office.handler);
  const twice = take(once, { ...EVIDENCE, text: '医院核对：3人' }, lead);
  expect(twice.state).toBe('verifying');
  expect(twice.evidence.map(({ by, text }) => [by.name, text])).toEqual([
    [office.handler.name, EVIDENCE.text],
    [lead.name, '医院核对：3人'],
  ]);
});

test.for<[RumorStepTaken, string]>([
  [{ ...EVIDENCE, source: ' ' }, 'RUMOR_INCOMPLETE'],
  [{ ...EVIDENCE, text: '' }, 'RUMOR_INCOMPLETE'],
  [{ ...EVIDENCE, link: 'javascript:alert(1)' }, 'LINK_INVALID'],
  [judge('false', ' '), 'RUMOR_INCOMPLETE'],
  [{ step: 'close', outcome: '好' }, 'RUMOR_STEP_REFUSED'],
])('%o is refused while it is verified', ([taken, code]) => {
  const verifying = take(aRumor(), { step: 'start' });
  expect(() => take(verifying, taken)).toThrow(expect.objectContaining({ code }));
});

describe('the verdict', () => {
  test.for([
    { verdict: 'false', state: 'confirmedFalse' },
    { verdict: 'misleading', state: 'misleading' },
    { verdict: 'unverified', state: 'unverified' },
    { verdict: 'true', state: 'confirmedTrue' },
  ] as const)('$verdict stands with its reason and who gave it', ({ verdict, state }) => {
    const judged = take(take(aRumor(), EVIDENCE), judge(verdict));
    expect(judged.state).toBe(state);
    expect(judged.verdicts).toMatchObject(
      [{ verdict, reason: '与核对不符', by: lead }].map(({ by, ...rest }) => ({
        ...rest,
        by: { name: by.name },
      })),
    );
  });

  test('without evidence nothing can be called true or false; it can stay open', () => {
    const bare = take(aRumor(), { step: 'start' });
    for (const verdict of ['false', 'misleading', 'true'] as const) {
      expect(() => take(bare, judge(verdict))).toThrow(
        expect.objectContaining({ code: 'RUMOR_EVIDENCE_NEEDED' }),
      );
    }
    expect(take(bare, judge('unverified')).state).toBe('unverified');
  });

  test('of a true claim ends the case and says that the event goes on', () => {
    const judged = take(take(aRumor(), EVIDENCE), judge('true', '应急局通报属实'));
    expect(judged.history.at(-1)?.what).toBe('认定属实：应急局通报属实；按事件办理，核查到此为止');
    expect(rumorStepsOpenTo(judged, lead, rumorRules)).toEqual(['reverify']);
  });

  test('that proves wrong is looked at again; both stay on record', () => {
    const judged = take(take(aRumor(), EVIDENCE), judge('false'));
    expect(() => take(judged, { step: 'reverify', reason: ' ' })).toThrow(
      expect.objectContaining({ code: 'RUMOR_INCOMPLETE' }),
    );
    const again = take(judged, { step: 'reverify', reason: '省里通报的数字不同' });
    const turned = take(again, judge('true', '省里通报属实'));
    expect(turned.verdicts.map(({ verdict }) => verdict)).toEqual(['false', 'true']);
    expect(turned.evidence).toEqual(judged.evidence);
  });
});

test('followed, then ended with its result', () => {
  const open = take(take(aRumor(), { step: 'start' }), judge('unverified'));
  const closed = take(take(open, { step: 'track' }), { step: 'close', outcome: '一周没有再出现' });
  expect(closed).toMatchObject({ state: 'closed', outcome: '一周没有再出现' });
  expect(closed.history.map(({ what }) => what.slice(0, 4))).toEqual([
    '立核查：',
    '开始核查',
    '认定无法',
    '转入跟踪',
    '结束核查',
  ]);
});

test('the public has waited from the first sight to the first clarification that stands', () => {
  const drafted = { draftedAt: NOON };
  const of = (...clarifications: RumorCase['clarifications']) =>
    clarificationMs({ ...aRumor(), clarifications });
  expect(of({ releaseId: 'a', ...drafted })).toBeUndefined();
  const first = { releaseId: 'a', ...drafted, publishedAt: minutesAfter(60) };
  const second = { releaseId: 'b', ...drafted, publishedAt: minutesAfter(120) };
  expect(of(second, first)).toBe(90 * 60_000);
  expect(of({ ...first, withdrawnAt: minutesAfter(70) }, second)).toBe(150 * 60_000);
});
