import { expect, test } from 'vitest';
import { outageSince, type NetworkLook } from '../../../ingest/polling/outage.ts';
import { rhythmPack } from '../../support/packs.ts';
import { minutesAfter } from '../../support/posts.ts';

const look = (domain: string, minute: number, problem?: NetworkLook['problem']): NetworkLook => ({
  domain,
  at: minutesAfter(minute),
  problem,
});

const { outage: rule } = rhythmPack;
const unreachable = (count: number, problem: NetworkLook['problem']): NetworkLook[] =>
  Array.from({ length: count }, (_, number) => look(`${number}.cn`, number, problem));

test.for([
  { what: 'three sites whose names cannot be resolved', failed: unreachable(3, 'dns') },
  { what: 'six sites that cannot be reached', failed: unreachable(6, 'connect') },
  {
    what: 'a large office’s sites, each in its own way',
    failed: [...unreachable(5, 'timeout'), look('5.cn', 5, 'dns'), look('6.cn', 6, 'connect')],
  },
])('$what, and nobody who answers, are one outage since the first of them', ({ failed }) => {
  const looks = [look('a.cn', -1), ...failed];
  expect(outageSince(looks, minutesAfter(8), rule, 60)).toEqual(minutesAfter(0));
});

test.for([
  {
    what: 'three sites that die together in a small office are three dead sites',
    looks: unreachable(3, 'timeout'),
  },
  {
    what: 'one of three can be resolved',
    looks: [...unreachable(2, 'dns'), look('x.cn', 3, 'connect')],
  },
  {
    what: 'two sites are too few to tell',
    looks: [look('a.cn', 1, 'dns'), look('b.cn', 2, 'dns')],
  },
  {
    what: 'three pages of one site are one site',
    looks: [look('a.cn', 1, 'dns'), look('a.cn', 2, 'dns'), look('a.cn', 3, 'dns')],
  },
  {
    what: 'a refusal is an answer',
    looks: [...unreachable(3, 'dns'), look('d.cn', 4, 'blocked')],
  },
  {
    what: 'what happened an hour ago says nothing of now',
    looks: [look('a.cn', -60, 'dns'), look('b.cn', -61, 'dns'), look('c.cn', -62, 'dns')],
  },
])('$what: no outage', ({ looks }) => {
  expect(outageSince(looks, minutesAfter(8), rule, 60)).toBeUndefined();
});

test('twelve sites of one provider are an outage to a city, and twelve dead sites to a province', () => {
  const looks = [look('a.cn', -1), ...unreachable(12, 'connect')];
  expect(outageSince(looks, minutesAfter(12), rule, 240)).toEqual(minutesAfter(0));
  expect(outageSince(looks, minutesAfter(12), rule, 260)).toBeUndefined();
});
