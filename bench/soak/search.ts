import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dict } from '@node-rs/jieba/dict.js';
import { digestOf } from '#core';
import { inTransaction, openDatabase } from '#core/sqlite';
import { openSegmenter } from '../../analyze/adapters/open-segmenter.ts';
import { createPostTables, PostRows } from '../../analyze/adapters/post-rows.ts';
import { SqlitePostStore } from '../../analyze/adapters/sqlite-post-store.ts';
import { percentile } from '../figure.ts';
import { makePost, seeded } from '../support/texts.ts';

/**
 * Search over a store of a million posts: two words, newest first. Posts are words of the dictionary, as frequent as
 * it says, written as the store writes them; cutting them would take most of an hour and changes nothing here.
 */
const POSTS = 1_000_000;
const QUERIES = 200;
const WORDS_A_POST = 100;
const BATCH = 5_000;
const MOST_MS = 100;

const random = seeded(11);
const words: string[] = [];
const upTo: number[] = [];
let sum = 0;
for (const line of Buffer.from(dict).toString().split('\n')) {
  const [word = '', often = ''] = line.split(' ');
  if (!/^\p{Script=Han}{2,4}$/u.test(word) || Number(often) < 50) continue;
  sum += Number(often);
  words.push(Buffer.from(word).toString());
  upTo.push(sum);
}
function anyWord(): string {
  const at = random() * sum;
  let [low, high] = [0, words.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return words[low] ?? '';
}

const folder = mkdtempSync(join(tmpdir(), 'huiying-search-'));
try {
  const database = openDatabase(join(folder, 'posts.db'));
  createPostTables(database);
  const rows = new PostRows(database);
  const startMs = Date.UTC(2026, 0, 1);
  const template = makePost(random, 0, new Date(startMs));
  for (let from = 0; from < POSTS; from += BATCH) {
    inTransaction(database, () => {
      for (let number = from; number < Math.min(POSTS, from + BATCH); number += 1) {
        const told = Array.from({ length: WORDS_A_POST }, anyWord);
        const at = new Date(startMs + number * 1_000);
        const id = digestOf(`search-${number}`).slice(0, 24);
        const post = { ...template, id, text: told.join(''), fetchedAt: at, publishedAt: at };
        const ms = at.getTime();
        rows.put({
          id,
          eventId: null,
          fetchedAt: ms,
          publishedAt: ms,
          body: JSON.stringify(post),
          words: told.join(' '),
        });
      }
    });
  }
  const store = new SqlitePostStore(database, await openSegmenter());
  const timesMs: number[] = [];
  let found = 0;
  for (let query = 0; query < QUERIES; query += 1) {
    const asked = `${anyWord()} ${anyWord()}`;
    const startedAt = performance.now();
    const posts = await store.search({ words: asked, limit: 20 });
    timesMs.push(performance.now() - startedAt);
    found += posts.length;
  }
  const [p50, p95] = [percentile(timesMs, 0.5), percentile(timesMs, 0.95)];
  process.stdout.write(
    `${POSTS} 条中查两个词，新的在前：中位 ${p50.toFixed(1)} 毫秒，p95 ${p95.toFixed(1)} 毫秒（要求 ≤ ${MOST_MS}），${QUERIES} 次，共 ${found} 条\n`,
  );
  database.close();
  if (p95 > MOST_MS || found === 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
