import { beijingMinute, toCsv } from '#core';
import type { PlacedEntry } from '../ports.ts';
import { REGISTER_ENTRY_NAMES, RELEASE_CHANNEL_NAMES } from '../words.ts';

const COLUMNS = [
  '序号',
  '发布时间',
  '渠道',
  '发布单位',
  '审查人',
  '发布人',
  '链接',
  '原始内容',
  '文本摘要',
  '链条摘要',
  '类别',
  '所指登记',
  '原因',
] as const;

/** 发布登记簿 for a spreadsheet, in the order given. */
export function registerCsv(rows: readonly PlacedEntry[]): string {
  return toCsv([
    COLUMNS,
    ...rows.map(({ position, chainDigest, entry }) => [
      String(position),
      beijingMinute(entry.releasedAt),
      RELEASE_CHANNEL_NAMES[entry.channel],
      entry.releasingUnit,
      entry.reviewer,
      entry.publisher,
      entry.link,
      entry.originalContent,
      entry.contentDigest,
      chainDigest,
      REGISTER_ENTRY_NAMES[entry.kind ?? 'publication'],
      entry.about?.entryId ?? '',
      entry.about?.reason ?? entry.lateReason ?? '',
    ]),
  ]);
}
