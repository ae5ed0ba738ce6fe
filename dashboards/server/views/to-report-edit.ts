import { draftNumber, lengthOf, type Report, type ReportModel } from '#briefings';
import type { ReportBlockView, ReportEditView } from '#contract';
import type { Person } from '#core';
import type { EditingDesk } from '../report-room.ts';
import { iso } from './iso.ts';

/** A report on the page where it is changed. */
export function toReportEdit(
  report: Report,
  person: Person,
  desk: Pick<EditingDesk, 'whyNotEdit' | 'mostCharacters' | 'mostWordBytes'>,
): ReportEditView {
  const { id, model, contentDigest, edits } = report;
  return {
    id,
    title: model.title,
    number: model.header.number,
    draft: draftNumber(report),
    contentDigest,
    whyNot: desk.whyNotEdit(report, person) ?? '',
    hasEdited: edits.some(({ by }) => by.personId === person.id),
    standing: model.standing.join('　'),
    notices: model.header.notices ?? [],
    length: lengthOf(model),
    mostCharacters: desk.mostCharacters(report),
    blocks: model.blocks.map((_, block) => toBlock(model, block)),
    edits: edits.map(({ by, at, via }) => ({ name: by.name, at: iso(at), via })),
    mostWordBytes: desk.mostWordBytes,
  };
}

function toBlock({ blocks, leftOut = [] }: ReportModel, number: number): ReportBlockView {
  const block = blocks[number];
  if (block?.kind === 'heading') return { kind: 'heading', level: block.level, text: block.text };
  if (block?.kind === 'table') return { kind: 'table', name: block.name, rows: block.rows.length };
  if (block?.kind !== 'paragraph') return { kind: 'figure', name: block?.name ?? '' };
  return {
    kind: 'paragraph',
    block: number,
    ...(block.lead && { lead: block.lead }),
    sentences: block.sentences.map(({ text, url, byPerson }) => ({
      text,
      ...(url && { url }),
      ...(byPerson && {
        byPerson: {
          name: byPerson.name,
          at: iso(byPerson.at),
          ...(byPerson.original && { original: byPerson.original.text }),
        },
      }),
    })),
    leftOut: leftOut
      .filter((one) => one.block === number)
      .map(({ sentence, reason, name, at }) => ({
        text: sentence.text,
        reason,
        name,
        at: iso(at),
      })),
  };
}
