/** Length in UTF-8, which is what the far sides count. */
export const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

const MARK = '…';

/** The longest beginning of a text that fits, cut between code points and marked when cut. */
export function cutToBytes(text: string, mostBytes: number): string {
  if (bytesOf(text) <= mostBytes) return text;
  let left = mostBytes - bytesOf(MARK);
  if (left < 0) return '';
  let kept = '';
  for (const point of text) {
    left -= bytesOf(point);
    if (left < 0) break;
    kept += point;
  }
  return kept + MARK;
}

/** What a short message must not lose. */
export interface Essentials {
  /** The event, as the subject names it. */
  readonly subject: string;
  /** When the nearest duty is due, in words. */
  readonly deadline?: string | undefined;
  readonly link?: string | undefined;
  readonly shortCode: string;
}

/**
 * A message in so many bytes: whole if it fits; else the event, the deadline, the link and the short code,
 * with as much of the rest as there is room for. When even these are too long the event's words are cut.
 */
export function fitMessage(
  { subject, deadline, link, shortCode }: Essentials,
  text: string,
  mostBytes: number,
): string {
  const whole = `${subject}\n${text}`;
  if (bytesOf(whole) <= mostBytes) return whole;
  const end = [deadline, link, `编号 ${shortCode}`].filter(Boolean).join('\n');
  const room = mostBytes - bytesOf(end) - 1;
  // Only an absurdly long link leaves no room for the event: then the link is of no use either.
  if (room < 30) return cutToBytes([subject, deadline].filter(Boolean).join('\n'), mostBytes);
  const head = cutToBytes(subject, room);
  const rest = text
    .split('\n')
    .filter((line) => line !== deadline && !(link && line.includes(link)))
    .join('\n');
  const body = cutToBytes(rest, room - bytesOf(head) - 1);
  return [head, body, end].filter(Boolean).join('\n');
}
