import { beijingMinute, durationInWords, toCsv } from '#core';
import { TRANSFER_STATE_NAMES } from '../words.ts';
import { replyMs, type TransferRecord } from './transfer-record.ts';

const COLUMNS = [
  '收到时间',
  '来文单位',
  '来文号',
  '要求',
  '反馈期限',
  '期限依据',
  '承办单位',
  '状态',
  '反馈时间',
  '反馈内容',
  '反馈文号或链接',
  '用时',
  '是否超时',
  '事件编号',
  '登记人',
  '反馈登记人',
] as const;

export interface TransferRow {
  readonly transfer: TransferRecord;
  /** As its countdown has it. */
  readonly dueAt: Date | undefined;
  readonly isOverdue: boolean;
}

/** 转办登记 for a spreadsheet, in the order given. */
export const transfersCsv = (rows: readonly TransferRow[]): string =>
  toCsv([COLUMNS, ...rows.map(toCells)]);

function toCells({ transfer, dueAt, isOverdue }: TransferRow): string[] {
  const { reply } = transfer;
  const tookMs = replyMs(transfer);
  const isLate = reply !== undefined && dueAt !== undefined && reply.at > dueAt;
  return [
    beijingMinute(transfer.receivedAt),
    transfer.fromBody,
    transfer.theirNo,
    transfer.requirement,
    dueAt ? beijingMinute(dueAt) : '',
    transfer.dueAt ? '来文要求' : '按工作日',
    transfer.assigned.at(-1)?.unit ?? '',
    TRANSFER_STATE_NAMES[transfer.state],
    reply ? beijingMinute(reply.at) : '',
    reply?.text ?? '',
    reply?.ref ?? '',
    tookMs === undefined ? '' : durationInWords(tookMs),
    isOverdue ? '超时未反馈' : isLate ? '超时反馈' : '',
    transfer.eventId ?? '',
    transfer.registered.by.name,
    reply?.by.name ?? '',
  ];
}
