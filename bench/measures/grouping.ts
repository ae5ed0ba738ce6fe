import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Lead } from '#analyze';
import { openSegmenter } from '../../analyze/adapters/open-segmenter.ts';
import { EventBook } from '../../analyze/events/event-book.ts';
import { createTermReader, type TextWords } from '../../analyze/events/to-terms.ts';
import { LeadSchema } from '../../analyze/events/lead.ts';
import { readPacks } from '../../config/packs.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { handOver, median } from '../figure.ts';
import { makePost, seeded } from '../support/texts.ts';

/** Which event a text belongs to, among ten thousand open ones: its terms weighed, compared, entered. */
const OPEN_EVENTS = 10_000;
const ROUNDS = 7;
const POSTS_A_ROUND = 2_000;

const { grouping } = readPacks(SettingsSchema.parse({}));
const segmenter = await openSegmenter();
const toTerms = createTermReader(grouping.events.terms);
const random = seeded(1);
const at = new Date('2026-03-02T04:00:00Z');

/** Texts are cut before the clock starts: that is measured with the whole path of a post. */
function cutPost(number: number): TextWords {
  const { title, text } = makePost(random, number, at);
  return { title: segmenter.tag(title), head: segmenter.tag(text.slice(0, 800)), watchWords: [] };
}

function toLead(book: EventBook, id: string, words: TextWords): Lead {
  return { ...EMPTY, id, terms: toTerms(words, book.weights) };
}

const EMPTY = LeadSchema.parse({
  id: '',
  revision: 1,
  effects: [],
  state: 'linked',
  eventId: '',
  watchIds: ['watch'],
  firstSeenAt: at,
  title: '',
  terms: [],
  entities: [],
  numbers: [],
  posts: [],
  fingerprints: [],
});

/** Time of the processor: other programs of the host do not count. */
const workedMs = (): number => process.cpuUsage().user / 1_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heapBytes = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

const before = heapBytes();
const book = new EventBook(grouping, (term) => segmenter.shareOf(term));
for (let number = 0; number < OPEN_EVENTS; number += 1) {
  const id = `event-${number}`;
  // Each an event of its own: what is measured is the search among them, not how many there are.
  book.joinEvent({ ...toLead(book, id, cutPost(number)), eventId: id });
}
const heapMb = (heapBytes() - before) / 1_000_000;

const rates: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const texts = Array.from({ length: POSTS_A_ROUND }, (_, index) => cutPost(round * 7_919 + index));
  // What cutting left behind is not cleared away at the expense of grouping.
  collect();
  const workedBefore = workedMs();
  for (const [index, words] of texts.entries()) {
    const lead = toLead(book, `lead-${round}-${index}`, words);
    book.joinEvent({ ...lead, eventId: book.eventFor(lead) });
  }
  rates.push((POSTS_A_ROUND / (workedMs() - workedBefore)) * 1_000);
}

const perSecond = Math.round(median(rates));
handOver([
  {
    what: '归并：一条信息属于哪个事件',
    asked: '≥ 10000 条/秒',
    measured: `${perSecond} 条/秒`,
    isMet: perSecond >= 10_000,
    how: `${OPEN_EVENTS} 个未结事件，约 500 字的文本，已切词；${ROUNDS} 轮的中位数，按处理器时间`,
  },
  {
    what: '归并时所占的堆',
    asked: '≤ 100 MB',
    measured: `${Math.round(heapMb)} MB`,
    isMet: heapMb <= 100,
    how: '同一次运行，一万个事件都在时',
  },
]);
