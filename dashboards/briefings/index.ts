export { buildDaily, type Imprint } from './build-daily.ts';
export { buildFlash, stageInWords, STAGE_NAMES, type FlashRequest } from './build-flash.ts';
export * from './model.ts';
export { plainText } from './plain-text.ts';
export type { EventFile, Period, ReportRecords, SourceStanding } from './records.ts';
export { dayInWords, momentInWords } from './words.ts';
export { HTML_POLICY, toHtml } from './to-html.ts';
export { toText } from './to-text.ts';
