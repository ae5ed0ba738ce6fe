import type { Person } from '#core';
import type { Measure, Period } from '#measures';
import type { OutsideNotice, OutsideNoticeDraft } from '#respond';

/** Where measures are computed, and the register of what was learned from outside; put together where all is. */
export interface MeasureRoom {
  /** Denominators below it show counts only. */
  readonly leastForShare: number;
  /** Nothing is kept: they are computed from the records each time. */
  measure(this: void, period: Period, at: Date): Promise<readonly Measure[]>;
  /** Newest first. */
  listNotices(): Promise<readonly OutsideNotice[]>;
  mayRecord(person: Person): boolean;
  /** @throws {Refused | NotFound} */
  record(
    this: void,
    act: { readonly draft: OutsideNoticeDraft; readonly actor: Person; readonly at: Date },
  ): Promise<OutsideNotice>;
}
