import { expect, test } from 'vitest';
import { toSetAsideView } from '../../../dashboards/server/views/to-figures-view.ts';
import type { Lead, LeadPost } from '#analyze';
import { aRecord, minutesAfter } from '../../support/posts.ts';

const leadOf = (...posts: LeadPost[]): Pick<Lead, 'posts'> => ({ posts });
const says = (minute: number, told: Partial<LeadPost>): LeadPost =>
  aRecord({ fetchedAt: minutesAfter(minute), ...told }).post;

test('words set aside stand once each with their reason, newest first', () => {
  const drill = { words: '3人死亡', reason: 'drill' } as const;
  const view = toSetAsideView([
    leadOf(says(0, { setAside: [drill], outlet: '霖江日报', outletKind: 'institution' })),
    leadOf(says(5, { setAside: [drill, { words: '死亡', reason: 'denied' }], outlet: '霖江发布' })),
  ]);
  expect(view.map(({ words, reason, outlet }) => [words, reason, outlet])).toEqual([
    ['死亡', '原文否认', '霖江发布'],
    ['3人死亡', '演练', '霖江发布'],
  ]);
});

test('an individual is not named beside the words', () => {
  const [row] = toSetAsideView([
    leadOf(
      says(0, {
        setAside: [{ words: '死了', reason: 'claimed' }],
        outlet: '某人',
        outletKind: 'individual',
      }),
    ),
  ]);
  expect(row?.outlet).toBe('个人');
});
