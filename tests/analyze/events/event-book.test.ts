import { beforeAll, expect, test } from 'vitest';
import type { Lead, Segmenter } from '#analyze';
import { openSegmenter } from '../../../analyze/adapters/open-segmenter.ts';
import { EventBook } from '../../../analyze/events/event-book.ts';
import { createTermReader } from '../../../analyze/events/to-terms.ts';
import { aLead } from '../../support/events.ts';
import { groupingPack } from '../../support/packs.ts';
import { aRecord, minutesAfter } from '../../support/posts.ts';

let segmenter: Segmenter;
beforeAll(async () => {
  segmenter = await openSegmenter();
});

const openBook = (): EventBook => new EventBook(groupingPack, (term) => segmenter.shareOf(term));

const toTerms = createTermReader(groupingPack.events.terms);

/** Words of a watch on fires. */
const WATCHED = ['火灾', '起火', '失火', '着火'];

let made = 0;
/** A lead that says this, grouped and entered in the book. */
function enter(
  book: EventBook,
  title: string,
  text = '',
  { regionCodes = [] as string[], minute = 0, watchIds = ['fire'] } = {},
): Lead {
  made += 1;
  const { post } = aRecord({ regionCodes, fetchedAt: minutesAfter(minute) });
  const terms = toTerms(
    {
      title: segmenter.tag(title),
      head: segmenter.tag(text),
      watchWords: WATCHED.filter((word) => (title + text).includes(word)),
    },
    book.weights,
  );
  const lead = aLead({ id: `lead-${made}`, title, terms, watchIds, posts: [post] });
  const linked = { ...lead, eventId: book.eventFor(lead) };
  book.joinEvent(linked);
  return book.putLead(linked);
}

test('two fires anywhere are two events, though both meet the watch on fires', () => {
  const book = openBook();
  const first = enter(book, '江北一仓库起火，消防到场扑救', '火灾原因正在调查，暂无人员伤亡。');
  const second = enter(book, '西郊服装厂凌晨失火', '火灾已扑灭，过火面积约三十平方米。', {
    minute: 300,
  });
  expect(second.eventId).not.toBe(first.eventId);
});

test('what people of one street say of one fire is one event, in whatever words', () => {
  const book = openBook();
  const at = { regionCodes: ['990102001'] };
  const first = enter(book, '清河街道一仓库起火', '消防到场扑救，火灾原因正在调查。', at);
  const second = enter(book, '楼下仓库烧起来了，火好大', '', { ...at, minute: 20 });
  expect(second.eventId).toBe(first.eventId);
});

test('a short title finds its event by single characters', () => {
  const book = openBook();
  const first = enter(book, '广西财政厅下拨抗旱资金', '广西气象干旱比较严重。');
  const second = enter(book, '广西农户谈旱情影响种植', '', { minute: 60 });
  expect(second.eventId).toBe(first.eventId);
});

test('an event silent for more than three times the decay takes no more leads', () => {
  const book = openBook();
  const title = '化工园区三号仓库爆炸';
  const silentMinutes = groupingPack.events.silenceMs / 60_000;
  const first = enter(book, title);
  expect(enter(book, title, '', { minute: silentMinutes + 1 }).eventId).not.toBe(first.eventId);
});

test('a word that all leads have says less than one that few have', () => {
  const book = openBook();
  const before = book.weights.rarityOf('地震');
  for (let minute = 0; minute < 200; minute += 1) enter(book, `第${minute}号台站报告地震`);
  expect(book.weights.rarityOf('地震')).toBeLessThan(before / 2);
  expect(book.weights.rarityOf('台风')).toBeGreaterThan(before / 2);
});

test('what leads taught fades with time', () => {
  const book = openBook();
  for (let minute = 0; minute < 200; minute += 1) enter(book, `第${minute}号台站报告地震`);
  const common = book.weights.rarityOf('地震');
  const halfLifeMinutes = groupingPack.events.streamHalfLifeMs / 60_000;
  enter(book, '新的一天', '', { minute: halfLifeMinutes * 4 });
  expect(book.weights.rarityOf('地震')).toBeGreaterThan(common);
});
