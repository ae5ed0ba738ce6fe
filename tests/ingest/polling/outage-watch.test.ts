import { expect, test } from 'vitest';
import type { NetworkLook } from '../../../ingest/polling/outage.ts';
import { createOutageWatch } from '../../../ingest/polling/outage-watch.ts';
import { rhythmPack } from '../../support/packs.ts';
import { minutesAfter } from '../../support/posts.ts';

const look = (name: string, minute: number, problem?: NetworkLook['problem']): NetworkLook => ({
  domain: `${name}.cn`,
  at: minutesAfter(minute),
  problem,
});

function watchOutage() {
  const watch = createOutageWatch(rhythmPack.outage, 60);
  for (const name of ['a', 'b', 'c']) watch.note(name, look(name, 1, 'dns'));
  return watch;
}

test('an outage began when it began, however often each site is tried again', () => {
  const watch = watchOutage();
  expect(watch.since(minutesAfter(2))).toEqual(minutesAfter(1));
  for (const minute of [20, 40, 60]) {
    for (const name of ['a', 'b', 'c']) watch.note(name, look(name, minute, 'dns'));
    expect(watch.since(minutesAfter(minute))).toEqual(minutesAfter(1));
  }
});

test('one answer ends it, and looks that began before the answer and fail after it begin no new one', () => {
  const watch = watchOutage();
  watch.note('d', look('d', 10));
  for (const name of ['a', 'b', 'c']) watch.note(name, look(name, 9, 'dns'));
  expect(watch.since(minutesAfter(11))).toBeUndefined();
});

test('an answer that is older than what failed since changes nothing', () => {
  const watch = watchOutage();
  watch.note('d', look('d', 0));
  expect(watch.since(minutesAfter(2))).toEqual(minutesAfter(1));
});

test('three sites that fail after somebody answered are an outage again', () => {
  const watch = watchOutage();
  watch.note('d', look('d', 10));
  for (const name of ['a', 'b', 'c']) watch.note(name, look(name, 12, 'dns'));
  expect(watch.since(minutesAfter(13))).toEqual(minutesAfter(12));
});
