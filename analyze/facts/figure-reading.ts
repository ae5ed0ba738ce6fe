import type { Fate, SetAsideReason } from './facts-pack.ts';

/** A number of people and what befell them, as one place of the text says it. */
export interface FigureReading {
  readonly fate: Fate;
  readonly atLeast: number;
  /** Absent where the text names no end: 10余人, 至少5人, 多人. */
  readonly atMost?: number;
  readonly words: string;
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
  /** Nobody has checked it: 网传, 听说, a question. */
  readonly isClaim: boolean;
  /** On top of what was told before, 又发现2具遗体, or only of its own sentence's, 另有1人不治. */
  readonly adds?: 'toAll' | 'toSentence';
  /** Still so at the time of writing: 仍有2人失联. */
  readonly isResidual: boolean;
  readonly isTotal: boolean;
  /** Takes the place of an earlier figure: 更正为2人. */
  readonly isCorrection: boolean;
  readonly setAside?: SetAsideReason;
}
