import { expect, test } from 'vitest';
import { SqliteOpinionEventStore } from '../../analyze/adapters/sqlite-opinion-event-store.ts';
import { Turns } from '#core';
import { createAnalysis, createRegroup, type GroupingShared, type Watch } from '#analyze';
import {
  factsPack,
  gradingContext,
  gradingPack,
  groupingPack,
  resolvePlaces,
} from '../support/packs.ts';
import { aPost, minutesAfter, NOON } from '../support/posts.ts';
import { openMemoryStores } from '../support/memory-stores.ts';
import { aRegrouping } from '../support/regrouping.ts';

const watches: readonly Watch[] = [
  {
    id: 'water',
    name: '供水',
    places: ['江北'],
    subjects: [],
    matters: ['停水', '爆管', '没水'],
    exclude: [],
  },
  {
    id: 'site',
    name: '工地',
    places: ['高新区'],
    subjects: [],
    matters: ['坍塌', '工地'],
    exclude: ['演习'],
  },
];
const regions = [
  { code: '990102', name: '江北区', aliases: ['江北'] },
  { code: '990103', name: '高新区', aliases: [] },
];

function openAnalysis(
  stores = openMemoryStores(),
  now = () => NOON,
  sharing: GroupingShared = { turns: new Turns(), regrouped: new Set() },
) {
  const stage = createAnalysis({
    ...stores,
    watches,
    regions,
    grading: gradingPack,
    facts: factsPack,
    resolvePlaces,
    grouping: groupingPack,
    context: gradingContext,
    rekey: (eventId, pseudonym) => `${eventId}/${pseudonym}`,
    now,
    isDrill: false,
    sharing,
  });
  return { stage, sharing, ...stores };
}

const burst =
  '因供水主管道突发爆管，江北区清河街道、望江街道部分小区自今晨7时30分起停水，抢修人员正在现场处置，预计18时前恢复供水，请居民做好储水准备。';

test('a copy under another outlet joins the same lead and counts as another outlet', async () => {
  const { stage, events, leads } = openAnalysis();
  await stage.process([
    aPost({ text: burst }),
    aPost({ text: `【转发】${burst}`, outlet: '江北发布', fetchedAt: minutesAfter(5) }),
  ]);
  const [event, ...others] = await events.listOpen();
  expect(others).toEqual([]);
  expect(event).toMatchObject({ postCount: 2, outletCount: 2 });
  expect(await leads.listByEvent(event?.id ?? '')).toHaveLength(1);
});

test('posts about one matter that come in one batch make one event', async () => {
  const { stage, events } = openAnalysis();
  await stage.process([
    aPost({ text: burst }),
    aPost({ title: '江北停水了', text: '江北清河街道早上就停水了，主管道爆管，什么时候能来水？' }),
    aPost({
      title: '江北望江街道没水',
      text: '江北望江街道从早上停水到现在，说是主管道爆管抢修。',
    }),
  ]);
  expect(await events.listOpen()).toMatchObject([{ postCount: 3 }]);
});

test('two matters become two events', async () => {
  const { stage, events } = openAnalysis();
  await stage.process([
    aPost({ text: burst }),
    aPost({
      title: '高新区一工地发生坍塌',
      text: '今日上午，高新区一处安置房工地发生深基坑坍塌，现场正在搜救。',
      fetchedAt: minutesAfter(3),
    }),
  ]);
  expect(await events.listOpen()).toHaveLength(2);
});

test('the same batch twice changes nothing the second time', async () => {
  const { stage, events, posts } = openAnalysis();
  const batch = [
    aPost({ text: burst }),
    aPost({ text: '江北又没水了，谁来管管？', fetchedAt: minutesAfter(4) }),
  ];
  await stage.process(batch);
  const before = await events.listOpen();
  await stage.process(batch);
  expect(await events.listOpen()).toEqual(before);
  expect(await posts.count()).toBe(2);
});

test('a crash between the lead and its event is made good when the batch comes again', async () => {
  const stores = openMemoryStores();
  const broken = openAnalysis({
    ...stores,
    events: Object.assign(new SqliteOpinionEventStore(stores.database), {
      saveMany: () => Promise.reject(new Error('断电')),
    }),
  });
  const batch = [aPost({ text: burst })];
  await expect(broken.stage.process(batch)).rejects.toThrow('断电');
  expect(await stores.events.listOpen()).toEqual([]);
  await openAnalysis(stores).stage.process(batch);
  expect(await stores.events.listOpen()).toHaveLength(1);
});

test('growing interactions of a known post raise the event, and make no second post', async () => {
  const { stage, events } = openAnalysis();
  const post = aPost({ text: burst, interactions: 10 });
  await stage.process([post]);
  await stage.process([{ ...post, interactions: 1_200, fetchedAt: minutesAfter(10) }]);
  const [event] = await events.listOpen();
  expect(event).toMatchObject({ postCount: 1, interactions: 1_200 });
  expect(event?.proposal.points.find(({ indicator }) => indicator === 'volume')?.points).toBe(6);
});

test('a post that comes again long after the window still belongs to its event, all of whose posts stay', async () => {
  const stores = openMemoryStores();
  const post = aPost({ text: burst, interactions: 10 });
  await openAnalysis(stores).stage.process([
    post,
    aPost({ title: '江北停水了', text: '江北清河街道早上就停水了，主管道爆管，什么时候来水？' }),
  ]);
  const later = minutesAfter(20 * 24 * 60);
  const restarted = openAnalysis(stores, () => later);
  await restarted.stage.process([{ ...post, interactions: 1_200, fetchedAt: later }]);
  expect(await stores.events.listOpen()).toMatchObject([{ postCount: 2, interactions: 1_200 }]);
});

test('an event found again after a restart keeps the words by which the next lead finds it', async () => {
  const stores = openMemoryStores();
  await openAnalysis(stores).stage.process([aPost({ text: burst })]);
  const [before] = await stores.events.listOpen();
  await openAnalysis(stores).stage.process([
    aPost({
      title: '江北停水了',
      text: '江北清河街道早上就停水了，主管道爆管，什么时候来水？',
      fetchedAt: minutesAfter(5),
    }),
  ]);
  const [after, ...others] = await stores.events.listOpen();
  expect(others).toEqual([]);
  expect(after?.topTerms.map(([term]) => term)).toEqual(
    expect.arrayContaining((before?.topTerms ?? []).map(([term]) => term)),
  );
});

test('figures keep each version with its first record, however many repeat it', async () => {
  const { stage, events } = openAnalysis();
  const accident = (dead: string, minute: number, outlet: string) =>
    aPost({
      title: '高新区一工地发生坍塌',
      text: `高新区一处安置房工地发生深基坑坍塌，已造成${dead}人死亡。${outlet}记者从现场了解到，搜救正在进行。`,
      outlet,
      fetchedAt: minutesAfter(minute),
    });
  await stage.process([
    accident('1', 0, '甲报'),
    accident('1', 1, '乙报'),
    accident('3', 2, '丙报'),
    accident('3', 3, '丁报'),
  ]);
  const [event] = await events.listOpen();
  expect(event?.figures.map(({ dead, outlet }) => [dead, outlet])).toEqual([
    [1, '甲报'],
    [3, '丙报'],
  ]);
});

test('an individual is known inside the event only, by the event’s own pseudonym', async () => {
  const { stage, events, posts } = openAnalysis();
  const post = aPost({
    text: burst,
    outlet: null,
    outletKind: 'individual',
    mediaTier: 'M1',
    authorPseudonym: 'intake',
  });
  await stage.process([post]);
  const [event] = await events.listOpen();
  expect((await posts.findById(post.id))?.authorPseudonym).toBe(`${event?.id}/intake`);
});

test('a post that meets no watch is kept and found, and opens no event', async () => {
  const { stage, events, posts } = openAnalysis();
  await stage.process([aPost({ title: '滨江美食节开幕', text: '滨江公园人头攒动。' })]);
  expect(await events.listOpen()).toEqual([]);
  expect(await posts.search({ words: '公园', limit: 10 })).toHaveLength(1);
});

test('a two-character word and a part of a longer word are found', async () => {
  const { stage, posts } = openAnalysis();
  await stage.process([aPost({ text: burst })]);
  const counts = await Promise.all(
    ['停水', '供水主管', '望江', '江北 停水'].map(
      async (words) => (await posts.search({ words, limit: 10 })).length,
    ),
  );
  expect(counts).toEqual([1, 1, 1, 1]);
  expect(await posts.search({ words: '停电', limit: 10 })).toEqual([]);
  expect(await posts.search({ words: '" OR 1', limit: 10 })).toEqual([]);
});

test('a post of a source that a watch does not listen to meets the others only', async () => {
  const stores = openMemoryStores();
  const [water] = watches;
  const board = { ...water!, id: 'board', sources: ['forum'] };
  const stage = createAnalysis({
    ...stores,
    watches: [water!, board],
    sources: [
      { id: 'city-daily', kind: 'newspaper' },
      { id: 'city-board', kind: 'forum' },
    ],
    regions,
    facts: factsPack,
    resolvePlaces,
    grading: gradingPack,
    grouping: groupingPack,
    context: gradingContext,
    rekey: (eventId, pseudonym) => `${eventId}/${pseudonym}`,
    now: () => NOON,
    isDrill: false,
  });
  await stage.process([aPost({ text: burst, sourceId: 'city-daily' })]);
  const [event] = await stores.events.listOpen();
  expect(event?.watchIds).toEqual(['water']);
  await stage.process([
    aPost({ text: `【转发】${burst}`, sourceId: 'city-board', fetchedAt: minutesAfter(5) }),
  ]);
  const [grown] = await stores.events.listOpen();
  expect(grown?.watchIds.toSorted((a, b) => a.localeCompare(b))).toEqual(['board', 'water']);
});

test.for([
  { when: 'at once', isRestarted: false },
  { when: 'after a restart', isRestarted: true },
])('posts for a merged event go to the survivor $when', async ({ isRestarted }) => {
  const opened = openAnalysis();
  const { stage, events, sharing } = opened;
  const site = aPost({
    title: '高新区一工地发生坍塌',
    text: '今日上午，高新区一处安置房工地发生深基坑坍塌，现场正在搜救，附近道路已经封闭，请过往车辆绕行。',
    fetchedAt: minutesAfter(3),
  });
  await stage.process([aPost({ text: burst }), site]);
  const [one, two] = await events.listOpen();
  const regroup = createRegroup({
    ...opened,
    context: gradingContext,
    eventTerms: groupingPack.events.eventTerms,
    now: () => minutesAfter(5),
    turns: sharing.turns,
    regrouped: (ids) => ids.forEach((id) => sharing.regrouped.add(id)),
  });
  await regroup.begin(aRegrouping({ eventId: one?.id ?? '', otherId: two?.id ?? '' }));
  const next = isRestarted ? openAnalysis(opened).stage : stage;
  await next.process([
    aPost({ text: burst, outlet: '江北发布', fetchedAt: minutesAfter(6) }),
    aPost({ ...site, id: 'copy', outlet: '高新发布', fetchedAt: minutesAfter(7) }),
    aPost({
      title: '高新区工地坍塌搜救仍在进行',
      text: '高新区安置房工地深基坑坍塌现场搜救仍在进行，道路封闭。',
      fetchedAt: minutesAfter(8),
    }),
  ]);
  expect(await events.listOpen()).toMatchObject([{ id: one?.id, postCount: 5 }]);
  expect(await events.findById(two?.id ?? '')).toMatchObject({ state: 'merged', postCount: 1 });
});
