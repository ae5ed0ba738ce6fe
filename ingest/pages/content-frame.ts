import { isElement, type MarkupElement, type MarkupTree } from './parse-markup.ts';
import { resolveUrl } from '../read-item.ts';

/** How sites call the frame with the content, beside those with their menus. */
const CONTENT = /main|content|right|center|body|article|show|view|list/i;
const MOST_FRAMES = 50;
/** Counters and advertisements stand in frames nobody sees. */
const UNSEEN_PIXELS = 10;

/**
 * The address of the frame that holds a page's content.
 *
 * For pages that have no text of their own; where they have, their frames hold something else.
 */
export function contentFrame(page: MarkupTree, url: string): string | undefined {
  const frames = framesOf(page).flatMap((frame) => {
    const { src = '', name = '', id = '' } = frame.attribs;
    const address = src === '' ? undefined : resolveUrl(src, url);
    return address && address !== url ? [{ address, named: `${name} ${id} ${src}` }] : [];
  });
  // The menus stand above and to the left: first.
  return (frames.find(({ named }) => CONTENT.test(named)) ?? frames.at(-1))?.address;
}

function framesOf(page: MarkupTree): readonly MarkupElement[] {
  const frames: MarkupElement[] = [];
  const walk = (part: MarkupTree | MarkupElement): void => {
    for (const element of part.children) {
      if (!isElement(element) || frames.length >= MOST_FRAMES) continue;
      if (element.name === 'frame' || (element.name === 'iframe' && isSeen(element))) {
        frames.push(element);
      } else walk(element);
    }
  };
  walk(page);
  return frames;
}

const isSeen = ({ attribs }: MarkupElement): boolean =>
  [attribs['width'], attribs['height']].every(
    (size) => size === undefined || size.includes('%') || Number.parseInt(size, 10) > UNSEEN_PIXELS,
  );
