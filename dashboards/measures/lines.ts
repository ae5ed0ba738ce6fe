import type { ChangeAround, Measure, Standing } from './measure.ts';
import { toneInWords, volumeInWords } from './result-words.ts';

/** One line of the list behind a measure, in words. */
export interface MeasureLine {
  readonly cite: string;
  readonly eventId: string | undefined;
  readonly words: string;
  /** How it counts. */
  readonly says: string;
}

const STANDING_NAMES: Readonly<Record<Standing, string>> = {
  in: '计入分子',
  out: '只计入分母',
  waived: '豁免',
  cancelled: '取消',
  open: '未到期',
  unknown: '无法判断',
};

/** The list behind a measure; empty where nothing is recorded. */
export function linesOf({ measured }: Measure): readonly MeasureLine[] {
  if (measured.kind === 'notRecorded') return [];
  if (measured.kind === 'changes') {
    return measured.changes.map((change) => ({
      cite: change.cite,
      eventId: change.eventId,
      words: `${change.words}：${sizes('前', change.before)}，${sizes('后', change.after)}`,
      says: changeInWords(change),
    }));
  }
  const isShare = measured.kind === 'share';
  return measured.items.map(({ cite, eventId, words, standing }) => ({
    cite,
    eventId,
    words,
    says: isShare || standing === 'unknown' ? STANDING_NAMES[standing] : '',
  }));
}

const changeInWords = ({ tone, volume, negativeVolume, withheld }: ChangeAround): string =>
  [
    ...(tone ? [toneInWords(tone)] : []),
    ...(negativeVolume === undefined ? [] : [`负面条数为此前的${negativeVolume.toFixed(2)}倍`]),
    ...(volume ? [volumeInWords(volume)] : []),
    ...withheld,
  ].join('；');

const sizes = (side: string, { posts, toned, negative }: ChangeAround['before']): string =>
  `${side}${posts}条（判出情感${toned}条，负面${negative}条）`;
