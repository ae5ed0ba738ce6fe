export interface Piece {
  readonly text: string;
  readonly isHit: boolean;
}

/** A text in pieces, those that were searched for marked; together they are the text. */
export function marked(text: string, words: string): Piece[] {
  const sought = words.split(/\s+/).filter(Boolean);
  if (sought.length === 0) return [{ text, isHit: false }];
  const escaped = sought.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  // The longest first, so that 停水通知 is not cut at 停水.
  const pattern = new RegExp(`(${escaped.sort((a, b) => b.length - a.length).join('|')})`, 'gi');
  return text
    .split(pattern)
    .map((piece, index) => ({ text: piece, isHit: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}
