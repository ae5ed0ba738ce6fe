import { Packer } from 'docx';
import JSZip from 'jszip';
import type { DrawnFigures, ReportModel } from '../model.ts';
import { toDocument, type WordMark } from '../to-docx.ts';
import { picturesOf } from './draw-figures.ts';

/** Names that the library draws by lot, as `rId` of a link. */
const DRAWN = /rId[\w-]{12,}/g;

/** A Word file; its times are the report's and nothing in it is drawn by lot: the same model gives the same bytes. */
export async function writeDocx(
  model: ReportModel,
  drawn: DrawnFigures = new Map(),
  mark?: WordMark,
): Promise<Buffer> {
  const document = toDocument(model, await picturesOf(drawn), mark);
  const packed = await JSZip.loadAsync(await Packer.toBuffer(document));
  const settled = new JSZip();
  const at = model.madeAt.toISOString().replace(/\.\d+Z$/, 'Z');
  const numbers = new Map<string, string>();
  const numbered = (drawn: string): string => {
    const number = numbers.get(drawn) ?? `rIdLink${numbers.size + 1}`;
    numbers.set(drawn, number);
    return number;
  };
  for (const name of Object.keys(packed.files).toSorted()) {
    const file = packed.files[name];
    if (!file || file.dir) continue;
    if (name.endsWith('.png')) {
      const bytes = await file.async('nodebuffer');
      settled.file(name, bytes, { date: model.madeAt, createFolders: false });
      continue;
    }
    const text = await file.async('string');
    const timed =
      name === 'docProps/core.xml'
        ? text.replaceAll(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${at}`)
        : text.replaceAll(DRAWN, numbered);
    settled.file(name, timed, { date: model.madeAt, createFolders: false });
  }
  return await settled.generateAsync({
    type: 'nodebuffer',
    compression: 'DEFLATE',
    platform: 'DOS',
  });
}
