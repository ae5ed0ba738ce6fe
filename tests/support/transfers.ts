import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Person } from '#core';
import { TransferPackSchema, type TransferDraft, type TransferRecord } from '#respond';
import { newTransfer } from '../../respond/transfers/register-transfer.ts';
import type { TransferOffice } from '../../respond/transfers/transfer-steps.ts';
import { countdownPack, NIGHT } from './alerts.ts';
import { hands } from './orders.ts';

/** The pack that ships, as the product reads it. */
export const transferPack = TransferPackSchema.parse(
  parse(readFileSync(new URL('../../config/packs/transfers.yaml', import.meta.url), 'utf8')),
);

export const transferOffice = (
  people: readonly Person[] = Object.values(hands),
): TransferOffice => ({
  pack: transferPack,
  countdowns: countdownPack,
  people,
  channels: new Set(['email']),
  ways: transferPack.channels,
  linkFor: ({ id }) => `http://huiying.test/transfers?id=${id}`,
});

/** A paper of the provincial office, received in the night of the story and entered at once. */
export const aTransfer = (changes: Partial<TransferDraft> = {}): TransferRecord =>
  newTransfer(
    {
      draft: {
        fromBody: '省政府办公厅',
        theirNo: '省转办〔2026〕31号',
        receivedAt: NIGHT,
        requirement: '核实北环路爆管停水情况，报处置结果',
        ...changes,
      },
      isDrill: false,
      actor: hands.lead,
      at: NIGHT,
    },
    transferPack,
  );
