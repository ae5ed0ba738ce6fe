import { expect, test } from 'vitest';
import type { PostProposals } from '../../../analyze/proposals/proposal.ts';
import { sumUpEvent } from '../../../analyze/proposals/sum-up-event.ts';
import { readPacks } from '../../../config/packs.ts';
import { SettingsSchema } from '../../../config/settings.ts';
import { aLead, anOpinionEvent } from '../../support/events.ts';
import { aRecord } from '../../support/posts.ts';

const packs = readPacks(SettingsSchema.parse({}));
const label = (value: string | undefined, confidence: number) => ({
  ...(value === undefined ? { cannotTell: 'nothingFound' as const } : { value }),
  confidence,
  because: [{ words: value ?? '', weight: 1 }],
  madeBy: 'test',
});
const proposalsOf = (topic: string | undefined, confidence: number): PostProposals => ({
  topic: label(topic, confidence),
  sentiment: label(topic ? 'negative' : undefined, 0.6),
  contentClass: label('A3', 0.9),
  focus: label('vitalInterest', 0.5),
  mustRespond: [{ reason: 'vitalInterest', words: '停水' }],
  claimWords: '',
});
const leadOf = (id: string, proposals: PostProposals | undefined, copies = 1) =>
  aLead({
    id,
    posts: Array.from({ length: copies }, () => ({
      ...aRecord().post,
      ...(proposals && { proposals }),
    })),
  });
const sumUp = (leads: ReturnType<typeof leadOf>[]) => {
  const fields = sumUpEvent(
    { event: anOpinionEvent(), leads, corrections: [] },
    { packs, grading: packs.grading },
  );
  return (field: string) => fields.find((one) => one.field === field);
};

test('a text counts once however often it was copied', () => {
  const field = sumUp([
    leadOf('copied', proposalsOf('transport', 0.6), 40),
    leadOf('one', proposalsOf('construction', 0.6)),
    leadOf('two', proposalsOf('construction', 0.6)),
  ]);
  expect(field('topic')).toMatchObject({ value: 'construction', valueName: '城乡建设' });
  expect(field('sentiment')?.note).toBe('3 篇不同的文字：正面 0、中性 0、负面 3、无法判断 0');
});

test('the more the texts disagree, the less sure it is', () => {
  const agreed = sumUp([
    leadOf('a', proposalsOf('transport', 0.8)),
    leadOf('b', proposalsOf('transport', 0.8)),
  ]);
  const split = sumUp([
    leadOf('a', proposalsOf('transport', 0.8)),
    leadOf('b', proposalsOf('health', 0.7)),
  ]);
  expect(agreed('topic')?.confidence).toBe(0.8);
  expect(split('topic')?.confidence).toBeLessThan(0.5);
});

test('events of an older release, whose posts carry no proposals, say that it cannot tell', () => {
  const field = sumUp([leadOf('old', undefined)]);
  expect(field('topic')).toMatchObject({ value: '', note: '没有找到依据' });
  expect(field('unit')).toMatchObject({ value: '' });
});
