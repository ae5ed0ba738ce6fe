/** A piece of two texts laid over each other. */
export interface DifferencePart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** A table of more cells than this is not filled: texts that differ so much are shown one after the other. */
const MOST_CELLS = 4_000_000;

/**
 * Two versions of a text laid over each other, sentence by sentence, and inside a changed passage from its first to its
 * last changed character. Not one character is left out: same and removed give the old text, same and added the new.
 *
 * Source: longest common subsequence over sentences.
 */
export function textDifference(before: string, after: string): readonly DifferencePart[] {
  const parts: DifferencePart[] = [];
  const put = (kind: DifferencePart['kind'], text: string): void => {
    const last = parts.at(-1);
    if (text === '') return;
    if (last?.kind === kind) parts[parts.length - 1] = { kind, text: last.text + text };
    else parts.push({ kind, text });
  };
  let removed = '';
  let added = '';
  const putChange = (): void => {
    const [start, oldMiddle, newMiddle, end] = narrowed(removed, added);
    put('same', start);
    put('removed', oldMiddle);
    put('added', newMiddle);
    put('same', end);
    removed = '';
    added = '';
  };
  for (const { kind, text } of laidOver(sentencesOf(before), sentencesOf(after))) {
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else {
      putChange();
      put('same', text);
    }
  }
  putChange();
  return parts;
}

/** All of the text, cut behind each end of a sentence. */
const sentencesOf = (text: string): string[] => text.split(/(?<=[。！？；\n])/);

/** Two lists laid over each other, item by item, in their order. */
export function laidOver(before: readonly string[], after: readonly string[]): DifferencePart[] {
  // What both begin and end with needs no table.
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const same = (items: readonly string[]): DifferencePart[] =>
    items.map((text) => ({ kind: 'same', text }));
  return [
    ...same(before.slice(0, start)),
    ...laidOverWhole(
      before.slice(start, before.length - end),
      after.slice(start, after.length - end),
    ),
    ...same(before.slice(before.length - end)),
  ];
}

function laidOverWhole(before: readonly string[], after: readonly string[]): DifferencePart[] {
  if (before.length * after.length > MOST_CELLS) {
    return [
      { kind: 'removed', text: before.join('') },
      { kind: 'added', text: after.join('') },
    ];
  }
  const width = after.length + 1;
  // common[i * width + j]: sentences in common from i of the old and j of the new text on.
  const common = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const parts: DifferencePart[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      parts.push({ kind: 'same', text: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      parts.push({ kind: 'removed', text: old });
      i += 1;
    } else {
      parts.push({ kind: 'added', text: fresh ?? '' });
      j += 1;
    }
  }
  return parts;
}

/** What two passages begin and end with alike, and what lies between; whole characters only. */
function narrowed(before: string, after: string): readonly [string, string, string, string] {
  const [old, fresh] = [Array.from(before), Array.from(after)];
  const most = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < most && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < most - start && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  const middleOf = (text: readonly string[]): string =>
    text.slice(start, text.length - end).join('');
  return [
    old.slice(0, start).join(''),
    middleOf(old),
    middleOf(fresh),
    old.slice(old.length - end).join(''),
  ];
}
