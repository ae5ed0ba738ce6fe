import type { PreviewItemView } from '../../contract/index.ts';
import { momentText } from './time.ts';

/** Words with how much they ask to be looked at. */
export interface Told {
  readonly text: string;
  readonly tone: '' | 'muted' | 'warn-text' | 'bad-text';
}

/** What became of the date that a source wrote. */
export function understoodAs(
  { published, publishedAt, column }: PreviewItemView,
  nowMs: number,
): Told {
  if (publishedAt) return { text: momentText(publishedAt, nowMs), tone: '' };
  if (column === 'old') return { text: '太早，算旧闻', tone: 'muted' };
  if (column !== 'new') return { text: '没有用到', tone: 'muted' };
  if (published === '') return { text: '按读到的时间算', tone: 'muted' };
  return { text: '看不懂，按读到的时间算', tone: 'warn-text' };
}

/** The head of an item's text, or why there is none. */
export function headOf({ text, column, problem }: PreviewItemView): Told {
  if (problem !== undefined) return { text: `读不到它自己的页面：${problem}`, tone: 'bad-text' };
  if (text !== '') return { text, tone: '' };
  return { text: column === 'new' ? '这次没有取到正文' : '不收，没有取正文', tone: 'muted' };
}
