import { toNormalText, type Stretch } from './normal-text.ts';

/** Where something stands in a post as it was written, in UTF-16 units of its title or text. */
export interface PostPlace extends Stretch {
  readonly field: 'title' | 'text';
}

/** A post as rules read it: its normal title, a line break, its normal text. */
export interface PostText {
  readonly normal: string;
  /** Units of `normal` that are the title. */
  readonly titleLength: number;
  readonly placeOf: (stretch: Stretch) => PostPlace;
}

export function toPostText(title: string, text: string): PostText {
  const head = toNormalText(title);
  const body = toNormalText(text);
  const titleLength = head.text.length;
  const bodyStart = titleLength + 1;
  return {
    normal: `${head.text}\n${body.text}`,
    titleLength,
    placeOf: ({ start, end }) =>
      start < titleLength
        ? { field: 'title', ...head.rawStretch({ start, end }) }
        : {
            field: 'text',
            ...body.rawStretch({ start: start - bodyStart, end: end - bodyStart }),
          },
  };
}
