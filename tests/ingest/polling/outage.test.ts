import { expect, test } from 'vitest';
import { outageSince, type NetworkLook } from '../../../ingest/polling/outage.ts';
import { minutesAfter } from '../../support/posts.ts';

const look = (domain: string, minute: number, problem?: NetworkLook['problem']): NetworkLook => ({
  domain,
  at: minutesAfter(minute),
  problem,
});

test('three sites that cannot be reached, and nobody who answers, are one outage since the first of them', () => {
  const looks = [
    look('a.cn', 0),
    look('b.cn', 5, 'dns'),
    look('c.cn', 7, 'connect'),
    look('d.cn', 6, 'timeout'),
  ];
  expect(outageSince(looks, minutesAfter(8))).toEqual(minutesAfter(5));
});

test.for([
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
    looks: [
      look('a.cn', 1, 'dns'),
      look('b.cn', 2, 'dns'),
      look('c.cn', 3, 'dns'),
      look('d.cn', 4, 'blocked'),
    ],
  },
  {
    what: 'what happened an hour ago says nothing of now',
    looks: [look('a.cn', -60, 'dns'), look('b.cn', -61, 'dns'), look('c.cn', -62, 'dns')],
  },
])('$what: no outage', ({ looks }) => {
  expect(outageSince(looks, minutesAfter(8))).toBeUndefined();
});
