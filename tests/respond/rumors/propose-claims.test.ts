import { expect, test } from 'vitest';
import type { LeadPost } from '#analyze';
import { proposeClaims, wordForWord } from '#respond';
import { aLead } from '../../support/events.ts';
import { aRecord, minutesAfter } from '../../support/posts.ts';
import { aClaimPost } from '../../support/rumors.ts';

const post = (changes: Partial<LeadPost>): LeadPost =>
  aRecord({ untrue: 'suspected', untrueWords: '听说', ...changes }).post;

test('only posts that say of themselves that something may be untrue are proposed', () => {
  const lead = aLead({ posts: [post({ postId: 'a' }), post({ postId: 'b', untrue: 'none' })] });
  const plain = aLead({ id: 'lead-2', posts: [post({ untrue: 'none' })] });
  const [claim, ...others] = proposeClaims([lead, plain], []);
  expect(others).toEqual([]);
  expect(claim).toMatchObject({ leadId: lead.id, hint: 'suspected', words: '听说' });
  expect(claim?.posts.map(({ postId }) => postId)).toEqual(['a']);
});

test('the claim is the sentence with the words, as it stands; without the text it is the title', () => {
  const lead = aLead({ posts: [post({ postId: 'a', title: '坍塌现场' })] });
  const text = '刚路过北环路。听说死了30多人，官方在瞒报！有人知道吗？';
  const [claim] = proposeClaims([lead], []);
  expect(claim?.claimText).toBe('坍塌现场');
  expect(claim && wordForWord(claim, text).claimText).toBe('听说死了30多人，官方在瞒报！');
  expect(claim && wordForWord(claim, '正文没有存下').claimText).toBe('坍塌现场');
});

test('no account of a private person goes along', () => {
  const lead = aLead({
    posts: [post({ outlet: '网友小周', outletKind: 'individual', authorPseudonym: 'p-1' })],
  });
  const said = JSON.stringify(proposeClaims([lead], []));
  expect(said).not.toMatch(/小周|p-1/);
});

test('what is in a case is not proposed again; new copies are proposed for that case', () => {
  const [first, copy] = [post({ postId: 'a' }), post({ postId: 'b' })];
  const cases = [{ id: 'rumor-1', posts: [aClaimPost({ postId: 'a' })] }];
  expect(proposeClaims([aLead({ posts: [first] })], cases)).toEqual([]);
  const again = proposeClaims([aLead({ posts: [first, copy] })], cases);
  expect(again).toMatchObject([{ rumorId: 'rumor-1', posts: [{ postId: 'b' }] }]);
});

test('what was seen first comes first', () => {
  const at = (id: string, minutes: number) =>
    aLead({ id, posts: [post({ postId: id, fetchedAt: minutesAfter(minutes) })] });
  const found = proposeClaims([at('late', 20), at('early', -20)], []);
  expect(found.map(({ leadId }) => leadId)).toEqual(['early', 'late']);
});
