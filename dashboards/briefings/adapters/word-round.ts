import { compareWord, demandOwnFile, type ComparedWord } from '../editing/compare-word.ts';
import { draftNumber } from '../editing/edit-report.ts';
import type { WordLimits } from '../report-pack.ts';
import { printable, type Report } from '../report.ts';
import { ownersOf } from '../to-docx.ts';
import { drawFigures, picturesOf } from './draw-figures.ts';
import { readDocx } from './read-docx.ts';
import { writeDocx } from './write-docx.ts';

/** The report as a Word file that says of which draft it is. */
export async function toWord(report: Report, correction?: Report): Promise<Buffer> {
  const model = printable(report, correction);
  const { id: reportId, contentDigest } = report;
  const mark = { reportId, draft: draftNumber(report), contentDigest };
  return await writeDocx(model, await drawFigures(model), mark);
}

/**
 * What a person changed in the Word file of a report, against the file as it was handed out.
 *
 * @throws {Refused} when it is another file, or more than sentences were changed in it
 */
export async function readBack(
  report: Report,
  bytes: Uint8Array,
  limits: WordLimits,
): Promise<ComparedWord> {
  const read = await readDocx(bytes, limits);
  demandOwnFile(report, read.mark);
  const { parts } = await readDocx(await toWord(report), {
    ...limits,
    mostBytes: Number.POSITIVE_INFINITY,
  });
  const model = printable(report);
  const owners = ownersOf(model, await picturesOf(await drawFigures(model)));
  const written = parts.map((part, index) => ({ ...part, owner: owners[index] ?? 'foot' }));
  return compareWord(model, written, read);
}
