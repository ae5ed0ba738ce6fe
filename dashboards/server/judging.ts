import type { Countdown } from '#alert';
import type { Person } from '#core';
import type {
  AroundRelease,
  Assessment,
  ClosingCondition,
  Consultation,
  Evaluation,
  KeyMessage,
  MessageComparison,
  PathStep,
  Release,
  SecondPeak,
} from '#respond';
import type { JudgingBody } from '#contract';

/** All that was judged, agreed and evaluated of one event. */
export interface Judging {
  readonly path: readonly PathStep[];
  readonly questions: readonly { readonly text: string; readonly postIds: readonly string[] }[];
  readonly assessments: readonly Assessment[];
  readonly consultations: readonly Consultation[];
  readonly keyMessages: readonly KeyMessage[];
  readonly differences: readonly MessageComparison[];
  readonly changes: readonly {
    readonly release: Release;
    readonly publishedAt: Date;
    readonly windows: readonly AroundRelease[];
    readonly secondPeak: SecondPeak | undefined;
  }[];
  readonly openQuestions: readonly string[];
  readonly conditions: readonly ClosingCondition[];
  /** Due times that passed unmet. */
  readonly missed: readonly { readonly countdown: Countdown; readonly owesCause: boolean }[];
  readonly trackingConditions: readonly ClosingCondition[];
  readonly evaluation: Evaluation | undefined;
  /** Posts that came in after the closing; undefined where none did. */
  readonly sinceClosing: { readonly posts: number; readonly newestAt: Date } | undefined;
  readonly needsRetrospective: boolean;
  /** Kinds of JudgingBody. */
  readonly may: readonly string[];
}

/** The way from judgement to closing: what is there, and the acts on it. */
export interface JudgingDesk {
  /** @throws {NotFound} */
  read(eventId: string, person: Person): Promise<Judging>;
  /** @throws {NotFound} @throws {Refused} */
  act(act: {
    readonly eventId: string;
    readonly body: JudgingBody;
    readonly actor: Person;
    readonly at: Date;
  }): Promise<void>;
}
