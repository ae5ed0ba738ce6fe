import { beijingDay } from '#core';
import { dataNote } from './data-note.ts';
import {
  heading,
  isOnePage,
  lengthOf,
  paragraph,
  type Block,
  type ReportKind,
  type ReportModel,
} from './model.ts';
import { fitsOnePage } from './one-page.ts';
import { plainText } from './plain-text.ts';
import type { ReportRecords } from './records.ts';
import { dayInWords, momentInWords, ordinal } from './words.ts';

/** What a report bears beside what it tells. */
export interface Imprint {
  /** 舆情日报 */
  readonly name: string;
  /** 〔2026〕第12期 */
  readonly number: string;
  readonly marking: string;
  readonly distribution: string;
  readonly mostCharacters: number;
}

/** A section's name and what stands in it. */
export type Section = readonly [string, readonly Block[]];

/** The fullest that keeps to the length, and to the page where it has but one; the shortest where none does. */
export function firstFitting<Fold>(
  folds: readonly Fold[],
  mostCharacters: number,
  build: (fold: Fold) => ReportModel,
): ReportModel {
  const all = folds.map(build);
  const fits = (model: ReportModel): boolean =>
    lengthOf(model) <= mostCharacters && (!isOnePage(model.kind) || fitsOnePage(model));
  return all.find(fits) ?? (all.at(-1) as ReportModel);
}

/** Sections with their names, numbered. */
export const inOrder = (kind: ReportKind, sections: readonly Section[]): Block[] =>
  sections.flatMap(([name, blocks], number) => {
    const numbered = `${ordinal(number + 1)}、${name}`;
    return isOnePage(kind) ? runIn(numbered, blocks) : [heading(1, numbered), ...blocks];
  });

/** One page has no room for headings on lines of their own: the section's name begins its first paragraph. */
function runIn(name: string, [first, ...others]: readonly Block[]): Block[] {
  if (first?.kind !== 'paragraph') return [heading(1, name), ...(first ? [first] : []), ...others];
  const [begin, ...rest] = first.sentences;
  const sentences =
    first.lead && begin
      ? [{ ...begin, text: `${first.lead}：${begin.text}` }, ...rest]
      : first.sentences;
  return [paragraph(sentences, name), ...others];
}

/** A report that is made at its time, of its sections in their order. */
export function routineModel(
  kind: ReportKind,
  { period, office, isDrill, readAt, ...records }: ReportRecords,
  imprint: Imprint,
  sections: readonly Section[],
  annex: readonly Block[],
): ReportModel {
  const day = dayInWords(beijingDay(new Date(period.to.getTime() - 1)));
  return {
    version: 1,
    kind,
    header: {
      name: plainText(imprint.name),
      number: plainText(imprint.number),
      office: plainText(office),
      date: day,
      marking: plainText(imprint.marking),
      isDrill,
    },
    title: `${day}${plainText(imprint.name)}`,
    period: `${momentInWords(period.from)}至${momentInWords(period.to)}`,
    blocks: inOrder(kind, sections),
    annex: [...annex],
    dataNote: dataNote({ period, office, isDrill, readAt, ...records }),
    standing: ['机器拟稿，未经人工审核'],
    distribution: plainText(imprint.distribution),
    madeAt: readAt,
  };
}
