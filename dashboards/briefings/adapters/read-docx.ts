import JSZip from 'jszip';
import { Refused } from '#core';
import { parseProperties, parseWord, type ParsedWord } from '../editing/parse-word.ts';
import type { WordLimits } from '../report-pack.ts';
import { WORD_MARKS, type WordMark } from '../to-docx.ts';

const MAIN_TYPE = 'wordprocessingml.document.main+xml';
const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
const refused = (code: string, why: string): Refused => new Refused(code, why, 'invalid');
const notWord = (): Refused =>
  refused('NOT_WORD', '这不是 Word 文件（.docx），请上传由本页下载、改好后另存的 .docx');

/** What a Word file holds, and which report it says it is. */
export interface ReadWord extends ParsedWord {
  readonly mark: WordMark | undefined;
}

/**
 * Reads a Word file that somebody uploads. Only the text and its properties are unpacked, each up to a limit: what
 * else is in the archive is never opened.
 *
 * @throws {Refused} when it is no Word file, larger than the limits allow, or cannot be read
 */
export async function readDocx(bytes: Uint8Array, limits: WordLimits): Promise<ReadWord> {
  if (bytes.length > limits.mostBytes) {
    throw refused('WORD_TOO_BIG', `Word 文件不能超过 ${megabytes(limits.mostBytes)}`);
  }
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) {
    throw refused('NOT_WORD', '这是旧格式（.doc）或者加了密码的文件，请另存为不加密的 .docx');
  }
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw notWord();
  const zip = await JSZip.loadAsync(bytes).catch(() => {
    throw refused('WORD_UNREADABLE', 'Word 文件不完整，打不开，请重新另存后上传');
  });
  if (Object.keys(zip.files).length > limits.mostParts) {
    throw refused('WORD_TOO_BIG', `Word 文件里的部分超过 ${limits.mostParts} 个，不像是报告`);
  }
  const types = await unpacked(zip, '[Content_Types].xml', limits);
  const text = await unpacked(zip, 'word/document.xml', limits);
  if (!types?.includes(MAIN_TYPE) || text === undefined) throw notWord();
  const custom = await unpacked(zip, 'docProps/custom.xml', limits);
  return { ...parseWord(text, limits), mark: markIn(custom) };
}

async function unpacked(
  zip: JSZip,
  name: string,
  { mostUnpackedBytes }: WordLimits,
): Promise<string | undefined> {
  const file = zip.file(name);
  if (!file) return undefined;
  return await new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stream = file.nodeStream('nodebuffer');
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= mostUnpackedBytes) {
        chunks.push(chunk);
        return;
      }
      // What is left of a bomb stays packed.
      stream.pause();
      const most = megabytes(mostUnpackedBytes);
      reject(refused('WORD_TOO_BIG', `Word 文件解开后超过 ${most}，不像是报告，没有读入`));
    });
    stream.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    stream.on('error', () =>
      reject(refused('WORD_UNREADABLE', 'Word 文件已损坏，解不开，请重新另存后上传')),
    );
  });
}

function markIn(custom: string | undefined): WordMark | undefined {
  if (custom === undefined) return undefined;
  const found = parseProperties(custom);
  const reportId = found.get(WORD_MARKS.reportId);
  const contentDigest = found.get(WORD_MARKS.contentDigest);
  const draft = Number(found.get(WORD_MARKS.draft));
  return reportId && contentDigest ? { reportId, draft, contentDigest } : undefined;
}
