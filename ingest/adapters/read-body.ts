import type { Readable } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  type BrotliDecompress,
  type Gunzip,
  type Inflate,
} from 'node:zlib';
import { FetchFailed } from './fetch-failed.ts';

/** Reads a body with a cap on what comes over the wire and on what it unpacks to. */
export async function readCapped(
  body: Readable,
  encoding: string,
  mostBytes: number,
): Promise<Uint8Array> {
  const unpacked = unpack(body, encoding, mostBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of unpacked) {
    const part = chunk as Uint8Array;
    size += part.byteLength;
    if (size > mostBytes) {
      body.destroy();
      const kept = Buffer.concat(chunks).subarray(0, mostBytes);
      throw new FetchFailed(
        'tooLarge',
        `内容超过 ${Math.round(mostBytes / 1_000_000)} MB，已截断隔离`,
        { bytes: kept },
      );
    }
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

function unpack(body: Readable, encoding: string, mostBytes: number): Readable {
  const unpacker = unpackerFor(encoding);
  if (!unpacker) return body;
  let wire = 0;
  body.on('data', (chunk: Uint8Array) => {
    wire += chunk.byteLength;
    if (wire > mostBytes) unpacker.destroy(new FetchFailed('tooLarge', '内容过大，已停止接收'));
  });
  body.on('error', (error) => unpacker.destroy(error));
  unpacker.on('error', () => body.destroy());
  return body.pipe(unpacker);
}

function unpackerFor(encoding: string): Gunzip | BrotliDecompress | Inflate | undefined {
  switch (encoding.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      return createInflate();
    default:
      return undefined;
  }
}
