import { expect, test } from 'vitest';
import { articleTrouble, type ArticleFate } from '../../ingest/article-trouble.ts';
import type { FailedFetch } from '#ingest';

const refused: FailedFetch = { kind: 'failed', problem: 'blocked', message: '对方拒绝访问（403）' };

test.for<{ what: string; fates: ArticleFate[]; trouble: object | undefined }>([
  { what: 'an empty list', fates: [], trouble: undefined },
  { what: 'rows that still wait', fates: ['waits', 'waits'], trouble: undefined },
  { what: 'one of the newest read', fates: [refused, 'waits', 'read'], trouble: undefined },
  {
    what: 'three dead links above older ones that were read',
    fates: [refused, 'notFetched', 'notFetched', 'read'],
    trouble: { failed: refused },
  },
  {
    what: 'the one that was tried again further down',
    fates: ['notFetched', 'notFetched', 'notFetched', refused],
    trouble: { failed: refused },
  },
  {
    what: 'the only row not understood',
    fates: ['waits', 'notUnderstood'],
    trouble: { message: '列表读得到，但最新 1 篇文章都读不懂' },
  },
])('$what', ({ fates, trouble }) => {
  expect([articleTrouble(fates, 3)]).toMatchObject([trouble]);
});
