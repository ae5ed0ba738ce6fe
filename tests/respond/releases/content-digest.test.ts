import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { contentDigestOf, textOf } from '../../../respond/releases/content-digest.ts';
import { aRelease } from '../../support/releases.ts';
import { minutesAfter } from '../../support/posts.ts';

const text = textOf(aRelease());

test.for([
  ['kind', { ...text, kind: 'final' as const }],
  ['title', { ...text, title: `${text.title}。` }],
  ['text', { ...text, text: text.text.replace('2万', '3万') }],
  ['releasing unit', { ...text, releasingUnit: '市住建局' }],
  ['disclosure type', { ...text, disclosureType: 'none' as const }],
  ['facts', { ...text, checklist: { ...text.checklist, facts: '' } }],
  ['measures', { ...text, checklist: { ...text.checklist, measures: '' } }],
  ['result', { ...text, checklist: { ...text.checklist, result: '已修复' } }],
  ['next update', { ...text, checklist: { ...text.checklist, nextUpdateAt: minutesAfter(181) } }],
] as const)('another %s gives another digest', ([, changed]) => {
  expect(contentDigestOf(changed)).not.toBe(contentDigestOf(text));
});

test('text cannot move from one field to the next unseen', () => {
  assert(
    property(string({ minLength: 1 }), string(), (moved, rest) => {
      const inTitle = contentDigestOf({ ...text, title: `标题${moved}`, text: rest });
      expect(contentDigestOf({ ...text, title: '标题', text: `${moved}${rest}` })).not.toBe(
        inTitle,
      );
    }),
  );
});
