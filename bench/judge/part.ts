/** One number that judgement is held to. */
export interface Measure {
  readonly what: string;
  /** As printed: 0.943, 99.2 %, 65.4. */
  readonly measured: string;
  /** What the project asks, in words; absent where it only asks for a report. */
  readonly asked?: string;
  readonly isMet?: boolean;
}

/** A case that went wrong, to be read by a person. */
export interface Failure {
  readonly expected: string;
  readonly got: string;
  readonly text: string;
}

/** What one part of judgement scored on one body of data. */
export interface JudgePart {
  /** 同文, 成事, 伤亡数字, … */
  readonly name: string;
  /** What it ran on, how many, and how the set was made. */
  readonly data: string;
  readonly measures: readonly Measure[];
  readonly failures: readonly Failure[];
}

/** The data a part needs is not here. */
export interface SkippedPart {
  readonly name: string;
  readonly skipped: string;
}

/** @param folder the open data named by HUIYING_DATA, when it is set */
export type Judge = (folder: string | undefined) => Promise<readonly (JudgePart | SkippedPart)[]>;
