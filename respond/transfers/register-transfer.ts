import { actorOf, beijingMinute, hasRole, idOf, Refused, type Person } from '#core';
import { withEffects, withNote } from '../with-note.ts';
import { rolesInWords } from '../words.ts';
import { receivedEffects } from './transfer-acts.ts';
import type { TransferPack } from './transfer-pack.ts';
import type { TransferRecord, TransferStore } from './transfer-record.ts';

export type TransferDraft = Pick<
  TransferRecord,
  'fromBody' | 'theirNo' | 'receivedAt' | 'requirement' | 'dueAt' | 'eventId' | 'finding'
>;

export interface RegisterTransferRequest {
  readonly draft: TransferDraft;
  readonly isDrill: boolean;
  readonly actor: Person;
  /** Server time. */
  readonly at: Date;
}

export const mayRegisterTransfer = (
  person: Person,
  { registrars }: Pick<TransferPack, 'registrars'>,
): boolean => hasRole(person, ...registrars);

/** By what it is: who sent what, when. */
export const transferIdOf = ({
  fromBody,
  theirNo,
  receivedAt,
  requirement,
}: Pick<TransferDraft, 'fromBody' | 'theirNo' | 'receivedAt' | 'requirement'>): string =>
  idOf('transfer', fromBody.trim(), theirNo.trim(), receivedAt.toISOString(), requirement.trim());

/** Enters it; sent twice it is one. @throws {Refused} */
export async function registerTransfer(
  { transfers, pack }: { readonly transfers: TransferStore; readonly pack: TransferPack },
  request: RegisterTransferRequest,
): Promise<TransferRecord> {
  const transfer = newTransfer(request, pack);
  if (await transfers.create(transfer)) return transfer;
  return (await transfers.findById(transfer.id)) ?? transfer;
}

/** @throws {Refused} when the role, the sender or the matter is missing, or the times cannot be */
export function newTransfer(
  { draft, isDrill, actor, at }: RegisterTransferRequest,
  pack: TransferPack,
): TransferRecord {
  if (!mayRegisterTransfer(actor, pack)) {
    throw new Refused('ROLE_NEEDED', `登记转办须为${rolesInWords(pack.registrars)}`, 'forbidden');
  }
  const fromBody = draft.fromBody.trim();
  const requirement = draft.requirement.trim();
  const theirNo = draft.theirNo.trim();
  const { receivedAt, dueAt, eventId, finding } = draft;
  if (fromBody === '' || requirement === '') {
    throw new Refused('TRANSFER_INCOMPLETE', '从哪个单位转来、要求办什么，都要写', 'invalid');
  }
  if (receivedAt > at) {
    throw new Refused('TRANSFER_AHEAD', '收到的时间不能晚于现在', 'invalid');
  }
  if (dueAt && dueAt <= receivedAt) {
    throw new Refused('TRANSFER_DUE_WRONG', '要求反馈的时间须晚于收到的时间', 'invalid');
  }
  const by = actorOf(actor);
  const transfer: TransferRecord = {
    id: transferIdOf(draft),
    revision: 1,
    effects: [],
    isDrill,
    ...(eventId && { eventId }),
    fromBody,
    theirNo,
    receivedAt,
    requirement,
    ...(dueAt && { dueAt }),
    ...(finding && { finding }),
    registered: { at, by },
    assigned: [],
    state: 'received',
    history: [],
    createdAt: at,
  };
  const due = dueAt ? `，${beijingMinute(dueAt)} 前反馈` : '，来文没有写反馈时间';
  const number = theirNo === '' ? '' : `（${theirNo}）`;
  const what = `登记转办：${beijingMinute(receivedAt)} 收到${fromBody}${number}：${requirement}${due}`;
  return withEffects(
    withNote(transfer, 'transfer', { actor: by, at, what }),
    receivedEffects(transfer),
  );
}
