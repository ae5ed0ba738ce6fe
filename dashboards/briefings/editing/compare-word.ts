import { Refused } from '#core';
import { laidOver } from '#respond';
import { paragraphText, type Block, type ReportModel } from '../model.ts';
import type { WordMark } from '../to-docx.ts';
import { draftNumber } from './edit-report.ts';
import { matchSentences } from './match-sentences.ts';
import type { ParsedWord, WordPart } from './parse-word.ts';
import { placeOf, shortened, type ParagraphDraft, type ReportDraft } from './report-draft.ts';
import type { Report } from '../report.ts';

/** A part as it was written, with what it belongs to. */
export interface WrittenPart extends WordPart {
  readonly owner: 'head' | 'foot' | number;
}

export interface ComparedWord {
  readonly draft: ReportDraft;
  /** What the reader of the file must know: 修订, 批注. */
  readonly notes: readonly string[];
}

/** More of them than a person would read. */
const MOST_TOLD = 5;
/** As on the page. */
const MOST_IN_SENTENCE = 2_000;

/** @throws {Refused} when the file is not of this report as it stands, in words that say of which it is */
export function demandOwnFile(report: Report, mark: WordMark | undefined): void {
  const wrong = (code: string, why: string): Refused => new Refused(code, why, 'invalid');
  if (!mark) {
    throw wrong(
      'WORD_UNMARKED',
      '文件里没有报告的标记，认不出是哪一份：请在从这里下载的 Word 上修改，不要另建文件再粘贴',
    );
  }
  if (mark.reportId !== report.id) {
    throw wrong('WORD_OF_OTHER', `这个 Word 是另一份报告的（${mark.reportId}），不是这一份`);
  }
  if (mark.contentDigest !== report.contentDigest) {
    const now = draftNumber(report);
    throw wrong(
      'WORD_OUTDATED',
      `这个 Word 是第${mark.draft}稿，报告现在是第${now}稿：请下载现在的 Word，把改动抄过去再上传`,
    );
  }
}

/**
 * What a person changed in a Word file, as a draft to be looked through. Only sentences may be different: whatever
 * else is refused, and where it is told.
 *
 * @param written the file as it was handed out, read by the same reader
 * @throws {Refused}
 */
export function compareWord(
  model: ReportModel,
  written: readonly WrittenPart[],
  { parts, hasTracked, commentCount }: ParsedWord,
): ComparedWord {
  const before = written.filter(isSeen);
  const after = parts.filter(isSeen);
  const problems: string[] = [];
  const paragraphs: ParagraphDraft[] = [];
  for (const gap of gapsBetween(before, after)) {
    if (gap.before.length !== gap.after.length) {
      problems.push(countInWords(gap));
      continue;
    }
    for (const [index, old] of gap.before.entries()) {
      const found = readPart(model, old, gap.after[index]);
      if (typeof found === 'string') problems.push(found);
      else paragraphs.push(found);
    }
  }
  if (problems.length > 0) {
    const told = problems.slice(0, MOST_TOLD).join('；');
    const more = problems.length > MOST_TOLD ? `；还有${problems.length - MOST_TOLD}处` : '';
    throw new Refused(
      'WORD_STRUCTURE',
      `Word 里改了不能改的地方，没有读入任何内容：${told}${more}`,
      'invalid',
    );
  }
  return {
    draft: { paragraphs },
    notes: [
      ...(hasTracked ? ['文件里有修订，按全部接受读入。'] : []),
      ...(commentCount > 0 ? [`文件里有${commentCount}条批注，没有读入。`] : []),
    ],
  };
}

const isSeen = ({ kind, text }: WordPart): boolean => kind !== 'paragraph' || text !== '';

/** Spaces are each program's own. */
const bare = (text: string): string => text.replaceAll(/\s/gu, '');
const keyOf = ({ kind, text }: WordPart): string => `${kind} ${bare(text)}`;

interface Gap {
  /** The part before it, where there is one. */
  readonly behind: WrittenPart | undefined;
  readonly before: readonly WrittenPart[];
  readonly after: readonly WordPart[];
}

/** Stretches that are not the same in both. */
function gapsBetween(before: readonly WrittenPart[], after: readonly WordPart[]): Gap[] {
  const gaps: Gap[] = [];
  let [old, fresh] = [0, 0];
  let [oldFrom, freshFrom] = [0, 0];
  const put = (): void => {
    if (old === oldFrom && fresh === freshFrom) return;
    gaps.push({
      behind: before[oldFrom - 1],
      before: before.slice(oldFrom, old),
      after: after.slice(freshFrom, fresh),
    });
  };
  for (const { kind } of laidOver(before.map(keyOf), after.map(keyOf))) {
    if (kind === 'same') {
      put();
      old += 1;
      fresh += 1;
      [oldFrom, freshFrom] = [old, fresh];
    } else if (kind === 'removed') old += 1;
    else fresh += 1;
  }
  put();
  return gaps;
}

function countInWords({ behind, before, after }: Gap): string {
  const place = behind ? `在“${shortened(behind.text)}”之后` : '在开头';
  const many = `原来${before.length}段（表），现在${after.length}段（表）`;
  const [first] = after.length > before.length ? after : before;
  const named = first ? `，如“${shortened(first.text)}”` : '';
  return `${place}，${many}${named}。不能加段、并段、删段，要加的内容请写在已有的段落里`;
}

/** The paragraph as it came back; in words why it may not be so. */
function readPart(
  model: ReportModel,
  old: WrittenPart,
  fresh: WordPart | undefined,
): ParagraphDraft | string {
  const block = typeof old.owner === 'number' ? model.blocks[old.owner] : undefined;
  if (typeof old.owner !== 'number' || block?.kind !== 'paragraph') return fixedInWords(old, block);
  const place = placeOf(model.blocks, old.owner);
  if (fresh?.kind !== 'paragraph') return `${place}变成了图或者表`;
  const lead = block.lead ? `${block.lead}：` : '';
  if (!bare(fresh.text).startsWith(bare(lead))) return `${place}开头的“${lead}”不能改`;
  const own = { ...block, lead: undefined };
  const said = block.sentences.map(({ text }) => text);
  // Only spaces are different: nothing was changed.
  const isSame = bare(paragraphText(own)) === bare(fresh.text.slice(lead.length));
  if (isSame) return { block: old.owner, sentences: said.map(keep), leftOut: [] };
  const { sentences, leftOut } = matchSentences(said, withoutLead(fresh.text, lead));
  if (sentences.some(({ text }) => text.length > MOST_IN_SENTENCE)) {
    return `${place}有一句超过${MOST_IN_SENTENCE}字`;
  }
  return {
    block: old.owner,
    sentences,
    leftOut: leftOut.map((from) => ({ from, reason: '' })),
  };
}

const keep = (text: string, from: number) => ({ from, text });

/** A person may have put a space into it. */
function withoutLead(text: string, lead: string): string {
  let left = Array.from(bare(lead)).length;
  const letters = Array.from(text);
  let at = 0;
  while (left > 0 && at < letters.length) {
    if (!/\s/u.test(letters[at] ?? '')) left -= 1;
    at += 1;
  }
  return letters.slice(at).join('').trim();
}

function fixedInWords(old: WrittenPart, block: Block | undefined): string {
  const text = `“${shortened(old.text)}”`;
  if (old.owner === 'head') return `报头${text}不能改`;
  if (old.owner === 'foot') return `数据说明、版记${text}不能改`;
  if (block?.kind === 'heading') return `标题${text}不能改`;
  if (block?.kind === 'figure') return `图${text}不能改`;
  return `表${text}不能改`;
}
