import { expect, test } from 'vitest';
import { GRADES, ROLES } from '#core';
import { approveKeyMessage, compareMessage, writeKeyMessage } from '#respond';
import { SqliteKeyMessageStore } from '../../../respond/adapters/sqlite-key-message-store.ts';
import {
  approvedKeyMessage,
  writtenKeyMessage,
} from '../../../respond/key-messages/write-key-message.ts';
import { describeDocuments } from '../../contracts/documents.contract.ts';
import { aMessage, analyst, judgingPack, onEvent } from '../../support/judging.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { aPerson, office } from '../../support/people.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import { aRelease } from '../../support/releases.ts';
import { DATABASES, memoryDatabase } from '../../support/temp-database.ts';

const writing = (changes = {}, actor = analyst) => ({
  ...onEvent,
  actor,
  draft: aMessage(changes),
});
const written = (changes = {}) => writtenKeyMessage(undefined, writing(changes), judgingPack);
const approving = {
  actor: office.principal,
  at: minutesAfter(10),
  grade: 'L2',
  contentDigest: written().contentDigest,
} as const;

for (const { where, open } of DATABASES) {
  describeDocuments(`key messages, ${where},`, {
    open: async () => new SqliteKeyMessageStore(open().database),
    make: (id, effects) => ({ ...written(), id, effects: [...effects] }),
    change: (message) => ({ ...message, stance: '诚恳道歉' }),
  });
}

for (const grade of GRADES) {
  test.for(ROLES)(
    `at ${grade}, %s writes and approves, or is refused, as the pack says`,
    (role) => {
      const actor = aPerson('某人', [role]);
      const { writers, approvers, graveApprovers } = judgingPack.keyMessages;
      const mayApprove = ['L1', 'L2'].includes(grade) ? graveApprovers : approvers;
      const approve = (message = written()) =>
        approvedKeyMessage(message, { ...approving, actor, grade }, judgingPack);
      const approved = approvedKeyMessage(written(), approving, judgingPack);
      expect([
        outcomeOf(() => writtenKeyMessage(undefined, writing({}, actor), judgingPack)),
        outcomeOf(approve),
        outcomeOf(() => approve(approved)),
      ]).toEqual([
        writers.includes(role) ? 'done' : 'ROLE_NEEDED',
        mayApprove.includes(role) ? 'done' : 'ROLE_NEEDED',
        mayApprove.includes(role) ? 'KEY_MESSAGE_APPROVED' : 'ROLE_NEEDED',
      ]);
    },
  );
}

test('an approved version stays; the next text is a new version', async () => {
  const keyMessages = new SqliteKeyMessageStore(memoryDatabase().database);
  const deps = { keyMessages, pack: judgingPack };
  await writeKeyMessage(deps, writing());
  const [first] = await keyMessages.listByEvent('event-1');
  await approveKeyMessage(deps, { ...approving, keyMessageId: first?.id ?? '' });
  await writeKeyMessage(deps, { ...writing({ stance: '诚恳道歉' }), at: minutesAfter(20) });
  const versions = await keyMessages.listByEvent('event-1');
  expect(versions.map(({ version, stance }) => [version, stance])).toEqual([
    [1, '对不便表示歉意'],
    [2, '诚恳道歉'],
  ]);
});

test('one changed word voids what the approver has read', () => {
  const changed = writtenKeyMessage(written(), writing({ stance: '诚恳道歉' }), judgingPack);
  expect(outcomeOf(() => approvedKeyMessage(changed, approving, judgingPack))).toBe(
    'KEY_MESSAGE_CHANGED',
  );
});

test('who wrote it does not approve it', () => {
  const own = writtenKeyMessage(
    undefined,
    writing({}, aPerson('方景亭', ['principal', 'analyst'])),
    judgingPack,
  );
  expect(outcomeOf(() => approvedKeyMessage(own, approving, judgingPack))).toBe('OWN_TEXT');
});

test('figures that differ between message, release and newest facts are named before anyone signs', () => {
  const read = (text: string) => {
    const injured = /(\d+)人受伤/u.exec(text)?.[1];
    return injured ? { injured: Number(injured) } : {};
  };
  const known = [{ injured: 3, at: NOON, outlet: '市应急局' }];
  const releases = [aRelease({ text: '爆管致4人受伤' }), aRelease({ text: '爆管致2人受伤' })];
  const found = compareMessage(written(), releases, known, read);
  expect(found.map(({ where, words }) => [where, words])).toEqual([
    ['应对口径第1版', '受伤2人'],
    ['发布稿《关于江北区部分小区停水的情况说明》', '受伤4人'],
  ]);
  expect(compareMessage(written(), releases.slice(1), [], read)).toEqual([]);
});
