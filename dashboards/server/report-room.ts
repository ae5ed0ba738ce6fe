import type { Person } from '#core';
import type { MadeKind, Report, RoutineKind } from '#briefings';

export type ReportStep = 'review' | 'sign' | 'send';
export type ReportFormat = 'pdf' | 'docx' | 'html' | 'txt';

/** Where reports are kept, made and passed on; made where all is put together. */
export interface ReportRoom {
  /** Newest first. */
  list(): Promise<readonly Report[]>;
  /** @throws {NotFound} */
  find(reportId: string): Promise<Report>;
  /** The one that stands already, when it was made before. @throws {CalendarYearMissing} */
  makeRoutine(
    this: void,
    act: {
      readonly kind: RoutineKind;
      readonly day: string;
      readonly actor: Person;
      readonly at: Date;
    },
  ): Promise<Report>;
  /** The next 快报 on an event: 首报, 续报, or 终报. @throws {Refused | NotFound} */
  makeFlash(
    this: void,
    act: {
      readonly eventId: string;
      readonly isFinal: boolean;
      readonly actor: Person;
      readonly at: Date;
    },
  ): Promise<Report>;
  /** A 专报 on an event as it stands. @throws {Refused | NotFound} */
  makeSpecial(
    this: void,
    act: { readonly eventId: string; readonly actor: Person; readonly at: Date },
  ): Promise<Report>;
  /** Reports on one event, in order. */
  reportsOn(kind: 'flash' | 'special', eventId: string, at: Date): Promise<readonly Report[]>;
  mayMake(kind: MadeKind, person: Person): boolean;
  /** @throws {Refused | NotFound} */
  pass(
    this: void,
    act: {
      readonly reportId: string;
      readonly step: ReportStep;
      readonly contentDigest: string;
      readonly actor: Person;
      readonly at: Date;
    },
  ): Promise<Report>;
  /** Why this person may not do a step, in words; undefined when nothing forbids it. */
  whyNot(report: Report, step: ReportStep, person: Person): string | undefined;
  print(report: Report, format: ReportFormat): Promise<Buffer>;
}
