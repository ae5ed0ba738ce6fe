/** What a feed says of one entry, before any of it is understood. */
export interface FeedEntry {
  readonly id?: string | undefined;
  /** The whole address of its own page. */
  readonly link?: string | undefined;
  readonly title?: Written | undefined;
  readonly text?: Written | undefined;
  /** The moment as written. */
  readonly published?: string | undefined;
  readonly author?: string | undefined;
}

/** A text, and whether what looks like markup in it is markup. */
export interface Written {
  readonly value: string;
  readonly isMarkup: boolean;
}

/** XHTML is no plain text; other XML that is written as characters is. */
const PLAIN = /^text(?:\/plain)?$|^(?!application\/xhtml).*[/+]xml$/i;

/** Markup, unless the feed says that it is none: most feeds that say nothing put HTML in their texts. */
export function written(value: string | undefined, type?: string): Written | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  return { value, isMarkup: !(type && PLAIN.test(type)) };
}
