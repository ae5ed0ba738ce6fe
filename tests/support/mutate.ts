/** What breaks parsers: the joints of HTML, XML, JSON and of what stands inside them. */
const TOKENS = [
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?xml version="1.0" encoding="gb2312"?>',
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '&a;',
  '&',
  '&amp;amp;',
  '&#x0;',
  '&#55296;',
  '&nbsp',
  '<',
  '>',
  '</',
  '/>',
  '"',
  "'",
  '=',
  '<b>',
  '</b>',
  '<p>',
  '<div>',
  '</div>',
  '<table><tr><td>',
  '<li>',
  '<a href="/x">',
  '<a href="javascript:x">',
  '<base href="//">',
  '<iframe src=x>',
  '<script>',
  '</script>',
  '<style>',
  '<textarea>',
  '<title>',
  '<meta charset="utf-16">',
  '<meta name="PubDate" content="2026-13-45 99:99">',
  '<item>',
  '</item>',
  '<entry>',
  '<channel>',
  '<rss>',
  '<link>',
  '<author>',
  '(',
  '<content type="xhtml">',
  ' xml:base="http://["',
  ' xmlns:a="http://purl.org/rss/1.0/modules/content/"',
  '<a:encoded>',
  '{',
  '[',
  '"items":',
  '\\u0000',
  '\u0000',
  '\u00a0',
  '\u200b',
  '\ud800',
  '\ufeff',
  '2026-03-02',
  '99999999999999999999',
  '发布时间：',
  '3分钟前',
  '…',
  '13812345678',
  '，',
] as const;
const MOST_REPEATS = 3_000;
const MOST_BYTES = 400_000;

type Random = () => number;

/**
 * The bytes with a few things wrong with them: flipped, lost, doubled, crossed with another's, or with what breaks
 * parsers put in, once or very often.
 *
 * @param others bytes to take pieces from
 * @param random 0 to 1; the same numbers give the same bytes
 * @param mostRepeats how often a thing is put in at most
 */
export function mutate(
  bytes: Uint8Array,
  others: readonly Uint8Array[],
  random: Random,
  mostRepeats = MOST_REPEATS,
): Uint8Array {
  const times = 1 + Math.floor(random() * 4);
  let mutated = bytes;
  for (let time = 0; time < times; time += 1) {
    mutated = mutateOnce(mutated, others, random, mostRepeats);
  }
  return mutated.subarray(0, MOST_BYTES);
}

function mutateOnce(
  bytes: Uint8Array,
  others: readonly Uint8Array[],
  random: Random,
  mostRepeats: number,
): Uint8Array {
  const at = below(bytes.length + 1, random);
  const to = Math.min(bytes.length, at + below(400, random));
  const token = Buffer.from(TOKENS[below(TOKENS.length, random)] ?? '');
  switch (below(8, random)) {
    case 0:
      return bytes.map((byte) => (random() < 0.002 ? below(256, random) : byte));
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    case 3: {
      const other = others[below(others.length, random)] ?? bytes;
      return Buffer.concat([bytes.subarray(0, at), other.subarray(below(other.length, random))]);
    }
    case 4:
      return bytes.subarray(0, at);
    case 5: {
      const times = 1 + Math.floor(random() ** 3 * mostRepeats);
      const many = Buffer.concat(Array.from({ length: times }, () => token));
      return Buffer.concat([bytes.subarray(0, at), many, bytes.subarray(at)]);
    }
    case 6: {
      const times = 1 + Math.floor(random() ** 3 * (mostRepeats / 10));
      const piece = bytes.subarray(at, to);
      return Buffer.concat([
        bytes.subarray(0, at),
        ...Array.from({ length: times }, () => piece),
        bytes.subarray(at),
      ]);
    }
    default:
      return Buffer.concat([bytes.subarray(0, at), token, bytes.subarray(to)]);
  }
}

const below = (limit: number, random: Random): number => Math.floor(random() * limit);
