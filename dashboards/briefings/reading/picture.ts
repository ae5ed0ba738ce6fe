import { Refused } from '#core';
import type { Picture } from './instruction.ts';

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * What a picture is by its bytes, whatever its name says.
 *
 * @throws {Refused} when it is too big, or neither a jpeg nor a png that can be shown
 */
export function pictureType(
  bytes: Uint8Array,
  { mostBytes }: { readonly mostBytes: number },
): Picture['type'] {
  if (bytes.length > mostBytes) {
    const most = (mostBytes / 1_000_000).toFixed(1);
    throw new Refused('PICTURE_TOO_BIG', `照片不能超过 ${most} MB，请压缩后再上传`, 'invalid');
  }
  if (isPng(bytes)) return 'image/png';
  if (isJpeg(bytes)) return 'image/jpeg';
  throw new Refused('PICTURE_INVALID', '不是完整的 jpeg 或 png 照片，没有登记', 'invalid');
}

/** Signature, a head with a size, and an end. */
function isPng(bytes: Uint8Array): boolean {
  if (bytes.length < 45 || PNG_SIGNATURE.some((one, at) => bytes[at] !== one)) return false;
  const view = viewOf(bytes);
  const hasSize = view.getUint32(16) > 0 && view.getUint32(20) > 0;
  return nameAt(bytes, 12) === 'IHDR' && hasSize && nameAt(bytes, bytes.length - 8) === 'IEND';
}

/** Segments from start to the picture's data, one of them a frame with a size, and an end. */
function isJpeg(bytes: Uint8Array): boolean {
  if (bytes.length < 32 || bytes[0] !== 0xff || bytes[1] !== 0xd8) return false;
  const view = viewOf(bytes);
  let hasFrame = false;
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return false;
    const marker = bytes[at + 1] ?? 0;
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return false;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      if (length < 8) return false;
      hasFrame = view.getUint16(at + 5) > 0 && view.getUint16(at + 7) > 0;
    }
    if (marker === 0xda) return hasFrame && hasEnd(bytes);
    at += 2 + length;
  }
  return false;
}

/** Cameras write a few bytes after the end. */
const hasEnd = (bytes: Uint8Array): boolean =>
  bytes.some((one, at) => one === 0xff && bytes[at + 1] === 0xd9 && at > 2);

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

const nameAt = (bytes: Uint8Array, at: number): string =>
  String.fromCharCode(...bytes.slice(at, at + 4));
