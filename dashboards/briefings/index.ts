export { buildDaily } from './build-daily.ts';
export { buildRoutine, prepareRoutine } from './build-routine.ts';
export { buildMonthly } from './build-monthly.ts';
export type { Imprint } from './routine-model.ts';
export { buildFlash, stageInWords, STAGE_NAMES, type FlashRequest } from './build-flash.ts';
export { collectRecords, type CollectDeps, type RecordStores } from './collect-records.ts';
export * from './model.ts';
export { chooseFaces } from './faces.ts';
export { fitsOnePage } from './one-page.ts';
export { plainText } from './plain-text.ts';
export type { EventFile, Period, ReportRecords, SourceStanding } from './records.ts';
export { dayInWords, momentInWords } from './words.ts';
export {
  HTML_POLICY,
  REPORT_STYLE,
  sectionsOf,
  toArticle,
  toHtml,
  type ReportSection,
} from './to-html.ts';
export { toText } from './to-text.ts';
export {
  ReportPackSchema,
  type ReadingPack,
  type ReportPack,
  type WordLimits,
} from './report-pack.ts';
export { routineIssue, RoutineKindSchema, type RoutineKind } from './report-period.ts';
export { buildSpecial, type SpecialRequest } from './build-special.ts';
export { collectDossier, type Dossier, type DossierDeps } from './dossier.ts';
export { createReportMaker, type ReportMaker } from './make-report.ts';
export { imprintOf, mayMake, reportsOn, type Collecting, type MadeKind } from './new-report.ts';
export { whyNotCorrect } from './correct-report.ts';
export {
  draftNumber,
  editReport,
  returnReport,
  tryDraft,
  whyNotEdit,
  whyNotReturn,
} from './editing/edit-report.ts';
export {
  placeOf,
  type DraftChange,
  type ParagraphDraft,
  type ReportDraft,
} from './editing/report-draft.ts';
export { reviewReport, sendReport, signReport, whyNotPass } from './pass-report.ts';
export {
  mayInstruct,
  mayRoute,
  throughWhom,
  withInstruction,
  withRouting,
  type InstructedEvent,
  type InstructionOffice,
} from './reading/give-instruction.ts';
export {
  dueChoicesAt,
  type DueChoice,
  type Instruction,
  type Picture,
} from './reading/instruction.ts';
export { keepReaders, type KeepingDeps } from './reading/keep-readers.ts';
export { glanceOf } from './reading/glance.ts';
export { pictureType } from './reading/picture.ts';
export {
  linkTo,
  mayKeepReaders,
  readerOf,
  whyClosed,
  withReceipt,
  type ReadingLink,
} from './reading/read-report.ts';
export { parseReadingId, readingId, type Reader } from './reading/reader.ts';
export {
  nameOf,
  printable,
  REPORT_STATE_NAMES,
  ReportSchema,
  ruleOf,
  type Report,
  type ReportStore,
} from './report.ts';
