import type { Person } from '#core';
import type {
  DraftChange,
  DrawnFigures,
  DueChoice,
  MadeKind,
  Reader,
  Report,
  ReportDraft,
  RoutineKind,
} from '#briefings';

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
  readonly reading: ReadingDesk;
  readonly editing: EditingDesk;
}

interface DraftAct extends ActAt {
  readonly reportId: string;
  /** Of the text that was changed. */
  readonly contentDigest: string;
  readonly draft: ReportDraft;
}

/** What a draft would come to; nothing is kept. */
export interface TriedDraft {
  readonly length: number;
  readonly fitsPage: boolean;
  readonly changes: readonly DraftChange[];
  readonly problems: readonly string[];
}

/** 修改 before the review, on the page or in Word; 更正 after the report was sent. */
export interface EditingDesk {
  /** In words; undefined when this person may. */
  whyNotEdit(this: void, report: Report, person: Person): string | undefined;
  whyNotReturn(this: void, report: Report, person: Person): string | undefined;
  whyNotCorrect(this: void, report: Report, person: Person): string | undefined;
  mostCharacters(this: void, report: Report): number;
  /** @throws {Refused | NotFound} */
  check(this: void, act: DraftAct): Promise<TriedDraft>;
  /** @throws {Refused | NotFound} */
  save(this: void, act: DraftAct & { readonly via: 'page' | 'word' }): Promise<Report>;
  /** @throws {Refused | NotFound} */
  readWord(
    this: void,
    act: ActAt & { readonly reportId: string; readonly bytes: Uint8Array },
  ): Promise<{ readonly draft: ReportDraft; readonly notes: readonly string[] }>;
  readonly mostWordBytes: number;
  /** 退回: a draft again, with nobody's signature. @throws {Refused | NotFound} */
  giveBack(
    this: void,
    act: ActAt & { readonly reportId: string; readonly reason: string },
  ): Promise<Report>;
  /** The next issue, with the text of the one that is wrong. @throws {Refused | NotFound} */
  correct(
    this: void,
    act: ActAt & {
      readonly reportId: string;
      readonly reason: string;
      readonly isFactual: boolean;
    },
  ): Promise<Report>;
}

/** A matter that a report tells of, and who would handle it. */
export interface ToldMatter {
  readonly id: string;
  readonly title: string;
  /** Empty where neither an order nor a rule names one. */
  readonly unit: string;
}

/** A report as one of its readers has it open. */
export interface Reading {
  readonly report: Report;
  readonly reader: Reader;
  /** Why the link opens it no longer, in words. */
  readonly closedBecause?: string | undefined;
  readonly drawn: DrawnFigures;
  /** The issue that corrects this one; says nothing before it was sent. */
  readonly correction?: Report | undefined;
  /** Links of this reader to the issue that this one corrects, and to the one that corrects it. */
  readonly beside: readonly { readonly url: string; readonly words: string }[];
  readonly mayInstruct: boolean;
  readonly matters: readonly ToldMatter[];
  readonly units: readonly string[];
  readonly phrases: readonly { readonly code: string; readonly text: string }[];
  readonly dueChoices: readonly DueChoice[];
}

/** 批示 as it is tapped on the page: choices by their codes. */
export interface InstructionChoice {
  /** Of the usual ones; absent when all is in the leader's own words. */
  readonly phrase?: string | undefined;
  readonly text: string;
  /** Empty: none that the report tells of, or left to who routes it. */
  readonly matterId: string;
  /** Empty: the one that handles the matter. */
  readonly unit: string;
  readonly due: string;
}

interface ActAt {
  readonly actor: Person;
  readonly at: Date;
}

/** What comes back from those to whom a report was sent. */
export interface ReadingDesk {
  /** Undefined where the link stands for nothing. Changes nothing. */
  open(linkId: string, person: Person, at: Date): Promise<Reading | undefined>;
  /** 已阅 @throws {Refused | NotFound} */
  receive(this: void, act: ActAt & { readonly reportId: string }): Promise<Report>;
  /** 批示 by its leader @throws {Refused | NotFound} */
  instruct(
    this: void,
    act: ActAt & InstructionChoice & { readonly reportId: string },
  ): Promise<Report>;
  /** 批示 on paper, in the leader's name @throws {Refused | NotFound} */
  register(
    this: void,
    act: ActAt & {
      readonly reportId: string;
      readonly leaderId: string;
      readonly text: string;
      readonly track: 'fact' | 'response';
      readonly eventId: string;
      readonly unit: string;
      readonly dueAt: Date;
      readonly day: string;
      readonly picture?: Uint8Array | undefined;
    },
  ): Promise<Report>;
  /** @throws {Refused | NotFound} */
  route(
    this: void,
    act: ActAt & {
      readonly reportId: string;
      readonly instructionId: string;
      readonly eventId: string;
      readonly unit: string;
      readonly track: 'fact' | 'response';
      readonly dueAt: Date;
    },
  ): Promise<Report>;
  /** 收回 @throws {Refused | NotFound} */
  revoke(
    this: void,
    act: ActAt & { readonly reportId: string; readonly personId: string; readonly reason: string },
  ): Promise<Report>;
  /** 重发: a new link by mail; the old one opens nothing any more @throws {Refused | NotFound} */
  renew(
    this: void,
    act: ActAt & { readonly reportId: string; readonly personId: string },
  ): Promise<Report>;
  /** What the office chooses from for an instruction on this report: the matters it tells of, then others still open. */
  choicesFor(report: Report): Promise<readonly ToldMatter[]>;
  leaders(): Promise<readonly Person[]>;
  units(): Promise<readonly string[]>;
  mayKeep(person: Person): boolean;
  mayRoute(person: Person): boolean;
  /** @throws {NotFound} */
  pictureOf(
    reportId: string,
    instructionId: string,
  ): Promise<{ readonly type: string; readonly bytes: Uint8Array }>;
  readonly mostPictureBytes: number;
}
