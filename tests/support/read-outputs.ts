import { load } from 'cheerio';
import JSZip from 'jszip';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A piece of text on a page; points from the lower left corner. */
export interface Placed {
  readonly page: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface ReadPdf {
  readonly pieces: readonly Placed[];
  readonly pageCount: number;
  readonly title: string;
  readonly language: string;
  readonly isTagged: boolean;
}

/** What a PDF holds, read by another program than the one that wrote it. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pieces: Placed[] = [];
  for (let page = 1; page <= document.numPages; page += 1) {
    const content = await (await document.getPage(page)).getTextContent();
    for (const item of content.items) {
      if (!('str' in item) || item.str === '') continue;
      const [, , , , x = 0, y = 0] = item.transform as number[];
      pieces.push({ page, text: item.str, x, y, width: item.width });
    }
  }
  const { info } = await document.getMetadata();
  const mark = await document.getMarkInfo();
  const read: ReadPdf = {
    pieces,
    pageCount: document.numPages,
    title: (info as { Title?: string }).Title ?? '',
    language: (info as { Language?: string }).Language ?? '',
    isTagged: (mark as { Marked?: boolean } | null)?.Marked ?? false,
  };
  await document.loadingTask.destroy();
  return read;
}

export async function readDocx(bytes: Uint8Array, part = 'word/document.xml'): Promise<string> {
  const zip = await JSZip.loadAsync(bytes);
  return (await zip.file(part)?.async('string')) ?? '';
}

/** All text of a Word file's body, in its order. */
export async function textOfDocx(bytes: Uint8Array): Promise<string> {
  const $ = load(await readDocx(bytes), { xml: true });
  return $('w\\:t')
    .toArray()
    .map((one) => $(one).text())
    .join('');
}

export const textOfHtml = (html: string): string => load(html)('main').text();

/** Only what is said: spaces, breaks and page numbers are each output's own. */
export const bare = (text: string): string =>
  text.normalize('NFKC').replaceAll(/—\s*\d+\s*—|[\s｜]/gu, '');
