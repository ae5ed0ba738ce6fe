import { expect, test } from 'vitest';
import { listensTo, namesNothing } from '#analyze';

const forum = { id: 'binjiang-forum', kind: 'forum', regionCode: '330108' };
const paper = { id: 'national-paper', kind: 'newspaper' };

test.for([
  { sources: undefined, forum: true, paper: true, what: 'without a list' },
  { sources: [], forum: true, paper: true, what: 'with an empty list' },
  { sources: ['national-paper'], forum: false, paper: true, what: 'that names an id' },
  { sources: ['forum'], forum: true, paper: false, what: 'that names a kind' },
  { sources: ['330108'], forum: true, paper: false, what: 'that names its county' },
  { sources: ['330100'], forum: true, paper: false, what: 'that names its city' },
  { sources: ['330000'], forum: true, paper: false, what: 'that names its province' },
  { sources: ['330106'], forum: false, paper: false, what: 'that names another county' },
  { sources: ['330108001'], forum: false, paper: false, what: 'that names one township of it' },
  { sources: ['330106', 'newspaper'], forum: false, paper: true, what: 'that names two' },
])('a watch $what hears the forum: $forum, the paper: $paper', ({ sources, ...heard }) => {
  expect(listensTo({ sources }, forum)).toBe(heard.forum);
  expect(listensTo({ sources }, paper)).toBe(heard.paper);
});

test.for([
  ['500000', '500112', true],
  ['331000', '331002', true],
  ['331000', '330102', false],
  ['330108', '330108001', true],
])('a watch that names %s hears a source of %s: %s', ([named, regionCode, isHeard]) => {
  expect(
    listensTo({ sources: [String(named)] }, { ...forum, regionCode: String(regionCode) }),
  ).toBe(isHeard);
});

test('what names no source at all is found before anybody waits for it', () => {
  expect(namesNothing({ sources: ['forum', 'binjiang-forun', '440000'] }, [forum, paper])).toEqual([
    'binjiang-forun',
    '440000',
  ]);
  expect(namesNothing({}, [forum])).toEqual([]);
});
