import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { htmlToText } from '../../ingest/pages/page-text.ts';

/** The referee of article text: markup of what Readability takes for the article; empty when it finds none. */
export const readabilityArticle = (html: string): string =>
  new Readability(parseHTML(html).document).parse()?.content ?? '';

export const readabilityText = (html: string): string => htmlToText(readabilityArticle(html));
