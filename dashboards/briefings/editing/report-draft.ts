import type { Actor } from '#core';
import type { Block, LeftOut, ReportModel, Sentence } from '../model.ts';
import { plainText } from '../plain-text.ts';
import { withEditsTold } from './edit-words.ts';
import { newNumbers, numbersIn, sameNumbers } from './sentence-numbers.ts';

/** What a person makes of the paragraphs of a report; those that are not named stay as they are. */
export interface ReportDraft {
  readonly paragraphs: readonly ParagraphDraft[];
}

export interface ParagraphDraft {
  /** Number of the block. */
  readonly block: number;
  /** In their order; what stood there keeps it. */
  readonly sentences: readonly SentenceDraft[];
  readonly leftOut: readonly { readonly from: number; readonly reason: string }[];
}

export interface SentenceDraft {
  /** Number of the sentence that it was; absent for one that is added. */
  readonly from?: number | undefined;
  readonly text: string;
  /** The person has checked the numbers that are not those of the machine's sentence. */
  readonly isNumberConfirmed?: boolean | undefined;
}

/** What a draft changes in one sentence. */
export interface DraftChange {
  readonly kind: 'changed' | 'added' | 'leftOut' | 'restored';
  readonly block: number;
  /** Number of the sentence in the draft of its paragraph; absent for one that is left out. */
  readonly sentence?: number | undefined;
  /** “二、重点舆情”第3段 */
  readonly place: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly reason?: string | undefined;
  /** There where the numbers are not those that the machine took from the records. */
  readonly numbers?:
    | {
        readonly before: readonly string[];
        readonly after: readonly string[];
        readonly isConfirmed: boolean;
      }
    | undefined;
}

export interface AppliedDraft {
  readonly model: ReportModel;
  readonly changes: readonly DraftChange[];
  /** Why it cannot be kept as it is, in words that say where; empty when it can. */
  readonly problems: readonly string[];
}

type Paragraph = Extract<Block, { kind: 'paragraph' }>;

/** The report with a draft in it. Headings, order, tables, figures and notes stay whatever the draft says. */
export function applyDraft(
  model: ReportModel,
  { paragraphs }: ReportDraft,
  act: { readonly by: Actor; readonly at: Date },
): AppliedDraft {
  const changes: DraftChange[] = [];
  const problems: string[] = [];
  const blocks = [...model.blocks];
  let leftOut = [...(model.leftOut ?? [])];
  for (const draft of paragraphs) {
    const block = blocks[draft.block];
    const place = placeOf(model.blocks, draft.block);
    if (block?.kind !== 'paragraph') {
      problems.push(`${place}不是可以修改的段落：标题、表、图和次序不能改`);
      continue;
    }
    if (!keepsOrder(block, draft)) {
      problems.push(`${place}的句子与原来的对不上，请重新打开这份报告`);
      continue;
    }
    const done = applyParagraph(block, draft, { ...act, place, leftOut });
    blocks[draft.block] = done.block;
    leftOut = done.leftOut;
    changes.push(...done.changes);
    problems.push(...done.problems);
  }
  const { leftOut: _before, ...rest } = model;
  const changed = { ...rest, blocks, ...(leftOut.length > 0 && { leftOut }) };
  return { model: changes.length > 0 ? withEditsTold(changed) : model, changes, problems };
}

/** Every sentence is there once, kept or left out, and those that are kept stand in their order. */
function keepsOrder({ sentences }: Paragraph, draft: ParagraphDraft): boolean {
  const kept = draft.sentences.flatMap(({ from }) => from ?? []);
  const all = [...kept, ...draft.leftOut.map(({ from }) => from)].toSorted((a, b) => a - b);
  return (
    all.length === sentences.length &&
    all.every((from, index) => from === index) &&
    kept.every((from, index) => index === 0 || from > (kept[index - 1] ?? 0))
  );
}

interface ParagraphAct {
  readonly by: Actor;
  readonly at: Date;
  readonly place: string;
  readonly leftOut: readonly LeftOut[];
}

function applyParagraph(
  paragraph: Paragraph,
  draft: ParagraphDraft,
  { by, at, place, leftOut: before }: ParagraphAct,
): {
  readonly block: Paragraph;
  readonly leftOut: LeftOut[];
  readonly changes: readonly DraftChange[];
  readonly problems: readonly string[];
} {
  const { block } = draft;
  const changes: DraftChange[] = [];
  const problems: string[] = [];
  let leftOut = [...before];
  const sentences = draft.sentences.flatMap((one, sentence): Sentence[] => {
    const current = one.from === undefined ? undefined : paragraph.sentences[one.from];
    const text = plainText(one.text);
    if (text === '') {
      problems.push(`${place}有一句是空的：不要的句子请删去并写明理由`);
      return current ? [current] : [];
    }
    if (current?.text === text) return [current];
    const put = leftOut.find((was) => was.block === block && was.sentence.text === text);
    if (!current && put) {
      leftOut = leftOut.filter((was) => was !== put);
      changes.push({ kind: 'restored', block, sentence, place, after: text });
      return [put.sentence];
    }
    const machine = current?.byPerson ? current.byPerson.original : current;
    if (machine?.text === text) {
      const { byPerson: _mine, ...words } = { byPerson: undefined, ...machine };
      changes.push({
        kind: 'restored',
        block,
        sentence,
        place,
        before: current?.text,
        after: text,
      });
      return [words];
    }
    const isChecked = one.isNumberConfirmed ?? false;
    const isOld = current?.byPerson !== undefined && sameNumbers(current.text, text);
    const hasOwnNumbers = !sameNumbers(machine?.text ?? '', text);
    if (hasOwnNumbers && !isChecked && !isOld) {
      problems.push(`${place}：${numbersInWords(machine?.text, text)}`);
    }
    changes.push({
      kind: current ? 'changed' : 'added',
      block,
      sentence,
      place,
      before: current?.text,
      after: text,
      ...(hasOwnNumbers && {
        numbers: {
          before: numbersIn(machine?.text ?? ''),
          after: numbersIn(text),
          isConfirmed: isChecked || isOld,
        },
      }),
    });
    return [personSentence(machine, text, { by, at, hasOwnNumbers })];
  });
  for (const { from, reason } of draft.leftOut) {
    const sentence = paragraph.sentences[from];
    if (!sentence) continue;
    const why = plainText(reason);
    if (why === '') problems.push(`${place}删去“${shortened(sentence.text)}”，要写理由`);
    changes.push({ kind: 'leftOut', block, place, before: sentence.text, reason: why });
    leftOut.push({ ...by, at, block, sentence, reason: why });
  }
  if (sentences.length === 0) {
    problems.push(`${place}一句也不剩：一段至少留一句，内容不对的请改写`);
    return { block: paragraph, leftOut: [...before], changes, problems };
  }
  return { block: { ...paragraph, sentences }, leftOut, changes, problems };
}

type Words = Pick<Sentence, 'text' | 'cites' | 'url'>;

/** A person's sentence: the records stay behind what it keeps, a count only behind a number that is still the same. */
function personSentence(
  machine: Words | undefined,
  text: string,
  {
    by,
    at,
    hasOwnNumbers,
  }: { readonly by: Actor; readonly at: Date; readonly hasOwnNumbers: boolean },
): Sentence {
  const cites = (machine?.cites ?? []).filter(
    (cite) => !cite.startsWith('person:') && !(hasOwnNumbers && cite.startsWith('query:')),
  );
  const url = machine && keepsQuotes(machine.text, text) ? machine.url : undefined;
  return {
    text,
    cites: [...cites, `person:${by.personId}`],
    ...(url && { url }),
    byPerson: {
      personId: by.personId,
      name: by.name,
      at,
      ...(machine && { original: wordsOf(machine) }),
      ...(hasOwnNumbers && { confirmedNumbers: newNumbers(text, machine?.text ?? '') }),
    },
  };
}

const wordsOf = ({ text, cites, url }: Words): Words => ({ text, cites, ...(url && { url }) });

/** A link stays behind what is still quoted from it, word by word. */
function keepsQuotes(before: string, after: string): boolean {
  const quotes = before.match(/[“《][^”》]+[”》]/gu) ?? [];
  return quotes.length > 0 && quotes.every((quote) => after.includes(quote));
}

function numbersInWords(before: string | undefined, after: string): string {
  const [old, fresh] = [numbersIn(before ?? ''), numbersIn(after)];
  const from = old.length > 0 ? `原为“${old.join('、')}”，` : '';
  const to = fresh.length > 0 ? `现为“${fresh.join('、')}”，` : '现在没有数字，';
  return `“${shortened(after)}”中的数字${from}${to}不再出自记录，请核对后勾选确认`;
}

export const shortened = (text: string): string =>
  Array.from(text).length > 18 ? `${Array.from(text).slice(0, 17).join('')}…` : text;

/** Where a block stands, as a reader finds it: the heading above it, and the how manieth it is beneath. */
export function placeOf(blocks: readonly Block[], block: number): string {
  const above = blocks.slice(0, block + 1).findLastIndex(({ kind }) => kind === 'heading');
  const heading = blocks[above];
  const name = heading?.kind === 'heading' ? `“${heading.text}”` : '正文';
  const beneath = blocks.slice(above + 1, block + 1).filter(({ kind }) => kind === 'paragraph');
  const own = blocks[block];
  const lead = own?.kind === 'paragraph' && own.lead ? `（${own.lead}）` : '';
  return `${name}第${Math.max(beneath.length, 1)}段${lead}`;
}
