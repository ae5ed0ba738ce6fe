import { assert, asyncProperty, constantFrom, oneof, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PostStore, StoredPost } from '#analyze';
import { aPost, minutesAfter, NOON } from '../support/posts.ts';

/** What a search box is fed by accident or on purpose; none of it commands anything. */
const HOSTILE =
  '" "" "停水 * 停水* ^停水 -停水 ( ) (停水 {停水} words:停水 AND OR NOT NEAR NEAR(停水 ; -- \\ % 。，！ 😀 停水😀 \0 停\0水 \ud83d 停水\udc00 \u200b'
    .split(' ')
    .concat('停水 AND', 'AND 停水', '停水 AND OR 停水', "'; DROP TABLE post");
const ENDLESS = ['停水'.repeat(5_000), '停水 '.repeat(5_000)];

export function describePostStore(name: string, open: () => Promise<PostStore>): void {
  describe(`${name} as a PostStore`, () => {
    const filled = async (...posts: readonly Partial<StoredPost>[]): Promise<PostStore> => {
      const store = await open();
      await store.saveMany(
        posts.map(({ eventId, ...post }) => ({ ...aPost(post), ...(eventId && { eventId }) })),
      );
      return store;
    };
    const idsOf = (posts: readonly StoredPost[]) => posts.map(({ id }) => id);
    const find = async (store: PostStore, words: string) =>
      idsOf(await store.search({ words, limit: 100 }));

    test('what was stored comes back as it was, and what was not is undefined', async () => {
      const store = await open();
      const plain = aPost();
      const linked: StoredPost = {
        ...aPost({ text: '"停水"😀\n第二行', outlet: null, outletKind: 'individual', hotRank: 3 }),
        eventId: 'event-1',
      };
      await store.saveMany([]);
      await store.saveMany([plain, linked]);
      expect(await store.findById(plain.id)).toEqual(plain);
      expect(await store.findById(linked.id)).toEqual(linked);
      expect(await store.findById('nobody')).toBeUndefined();
    });

    test.for(['in one batch', 'one after the other'])(
      'a post saved twice, %s, is one, with its newest figures and event',
      async (how) => {
        const store = await open();
        const post: StoredPost = { ...aPost({ interactions: 3 }), eventId: 'event-1' };
        const grown: StoredPost = { ...post, interactions: 900, eventId: 'event-2' };
        const batches = how === 'in one batch' ? [[post, grown]] : [[post], [grown]];
        for (const batch of batches) await store.saveMany(batch);
        expect(await store.count()).toBe(1);
        expect(await store.findById(post.id)).toEqual(grown);
        expect(await find(store, '停水')).toEqual([post.id]);
        expect(await store.listByEvent('event-1', 10)).toEqual([]);
        expect(await store.listByEvent('event-2', 10)).toEqual([grown]);
      },
    );

    test('a post found to belong to an event later is in it, and stays in it', async () => {
      const store = await open();
      const post = aPost();
      const linked: StoredPost = { ...post, eventId: 'event-1' };
      for (const again of [post, linked, post]) await store.saveMany([again]);
      expect(await store.findById(post.id)).toEqual(linked);
      expect(await store.listByEvent('event-1', 10)).toEqual([linked]);
    });

    test('a post whose figures grew keeps the moment at which it was first held', async () => {
      const store = await filled({ id: 'old' }, { id: 'new', fetchedAt: minutesAfter(5) });
      const old = await store.findById('old');
      await store.saveMany([{ ...aPost(old), interactions: 900, fetchedAt: minutesAfter(60) }]);
      expect(await store.findById('old')).toEqual({ ...old, interactions: 900 });
      expect(await find(store, '')).toEqual(['new', 'old']);
      expect(await store.countSince(minutesAfter(30))).toBe(0);
    });

    test('the posts of an event come oldest first, and no more than asked for', async () => {
      const at = (minutes: number) => ({
        id: `at-${minutes}`,
        publishedAt: minutesAfter(minutes),
        fetchedAt: minutesAfter(minutes),
        eventId: 'event-1',
      });
      const store = await filled(at(20), at(0), at(10), { eventId: 'event-2' }, {});
      expect(idsOf(await store.listByEvent('event-1', 10))).toEqual(['at-0', 'at-10', 'at-20']);
      expect(idsOf(await store.listByEvent('event-1', 2))).toEqual(['at-0', 'at-10']);
      expect(await store.listByEvent('event-9', 10)).toEqual([]);
    });

    test.for([
      { what: 'a two-character word inside a longer text', words: '停水' },
      { what: 'a word at the very end', words: '抢修' },
      { what: 'a word of the title', words: '爆管' },
      { what: 'the beginning of a longer word', words: '江北' },
      { what: 'the longer word itself', words: '江北区' },
      { what: 'a word inside a longer word', words: '医院' },
      { what: 'a phrase of several words', words: '居民反映强烈' },
      { what: 'several words', words: '抢修 江北 停水' },
      { what: 'words apart by a Chinese space', words: '抢修　江北' },
      { what: 'a number', words: '12345' },
      { what: 'the beginning of a number', words: '123' },
      { what: 'a full-width number', words: '１２３４５' },
      { what: 'small letters for capitals', words: 'covid' },
      { what: 'capitals for small letters', words: 'IPHONE' },
      { what: 'full-width letters for half-width', words: 'ｉＰｈｏｎｅ' },
      { what: 'half-width letters for full-width', words: 'PM2.5' },
      { what: 'a quoted word', words: '"停水"' },
    ])('$what is found', async ({ words }) => {
      const text =
        '江北区人民医院附近停水，居民反映强烈，拨打12345。COVID检测点、iPhone维修店与ＰＭ２．５监测站也停业，正在抢修';
      const store = await filled(
        { id: 'searched', title: '主管道爆管', text },
        { title: '美食节开幕', text: '滨江公园人头攒动。' },
      );
      expect(await find(store, words)).toEqual(['searched']);
    });

    test.for(['地震', '停水 地震', '停水 OR 地震', '停水 NOT 地震'])(
      'a text without all of “%s” is not found',
      async (words) => {
        expect(await find(await filled({}), words)).toEqual([]);
      },
    );

    test.for(['', '  ', '　'])('no words (“%s”) find everything, newest first', async (words) => {
      const store = await filled({ id: 'b', fetchedAt: minutesAfter(5) }, { id: 'a' });
      expect(await find(store, words)).toEqual(['b', 'a']);
    });

    test.for(['', '停水'])(
      'searching “%s” page by page shows each once, newest first',
      async (words) => {
        const minutes = [2, 0, 4, 1, 3];
        const store = await filled(
          ...minutes.map((at) => ({ id: `at-${at}`, fetchedAt: minutesAfter(at) })),
        );
        // Figures that grow between two pages move nothing.
        await store.saveMany([aPost({ id: 'at-1', interactions: 5, fetchedAt: minutesAfter(60) })]);
        const pages: string[][] = [];
        let page = await store.search({ words, limit: 2 });
        while (page.length > 0 && pages.length < 5) {
          pages.push(idsOf(page));
          page = await store.search({ words, limit: 2, beforeAt: page.at(-1)?.fetchedAt ?? NOON });
        }
        expect(pages).toEqual([['at-4', 'at-3'], ['at-2', 'at-1'], ['at-0']]);
      },
    );

    test('whatever is typed is looked for and never obeyed', async () => {
      const store = await filled({}, { text: '无关的一条' });
      for (const words of [...HOSTILE, ...ENDLESS]) {
        expect((await find(store, words)).length).toBeLessThanOrEqual(2);
      }
      const typed = oneof(string({ unit: 'binary' }), constantFrom(...HOSTILE));
      await assert(
        asyncProperty(typed, typed, async (one, other) => {
          expect((await find(store, `${one}${other}`)).length).toBeLessThanOrEqual(2);
        }),
      );
      expect(await store.count()).toBe(2);
    });

    test('posts are counted, all of them and those since a moment', async () => {
      const store = await open();
      expect([await store.count(), await store.countSince(NOON)]).toEqual([0, 0]);
      await store.saveMany([-1, 0, 1].map((at) => aPost({ fetchedAt: minutesAfter(at) })));
      expect([await store.count(), await store.countSince(NOON)]).toEqual([3, 2]);
    });
  });
}
