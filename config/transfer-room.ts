import { NotFound, type PersonStore } from '#core';
import type { ChannelKind, CountdownPack, CountdownStore } from '#alert';
import { demandUnmerged, findingWords, mergedFrom, type OpinionEventStore } from '#analyze';
import {
  mayRegisterTransfer,
  registerTransfer,
  takeTransferStep,
  transferActId,
  transferIdOf,
  transferStepsOpenTo,
  transferTarget,
  type TransferPack,
  type TransferRecord,
  type TransferStore,
} from '#respond';
import type { TransferFinding, TransferRoom } from '#server';
import { survivorOf } from './survivor.ts';

/** The register of what other bodies handed to this office, beside the countdowns of its replies. */
export function createTransferRoom(parts: {
  readonly transfers: TransferStore;
  readonly events: OpinionEventStore;
  readonly countdowns: Pick<CountdownStore, 'listByEvent'>;
  readonly people: Pick<PersonStore, 'listAll'>;
  readonly pack: TransferPack;
  readonly countdownPack: CountdownPack;
  /** Channels that are set up. */
  readonly channels: ReadonlySet<ChannelKind>;
  readonly units: readonly string[];
  /** Address of the register's page. */
  readonly page: () => string;
  readonly isDrill: boolean;
}): TransferRoom {
  const { transfers, events, countdowns, people, pack, isDrill, channels, page } = parts;
  const rules = { pack, countdowns: parts.countdownPack };
  const listByEvent: TransferRoom['listByEvent'] = async (eventId) => {
    const event = await events.findById(eventId);
    const all = [...(event ? mergedFrom(event) : []), eventId];
    const found = await Promise.all(all.map(async (id) => await transfers.listByEvent(id)));
    return found.flat().toSorted((a, b) => +a.receivedAt - +b.receivedAt);
  };
  const findingsOf = async (eventId: string): Promise<TransferFinding[]> => {
    const event = await events.findById(eventId);
    const taken = (await listByEvent(eventId)).map(({ finding }) => finding?.id);
    return (event?.findings ?? [])
      .filter(({ id, kind }) => kind === 'upperOrder' && !taken.includes(id))
      .map((finding) => ({ id: finding.id, at: finding.at, words: findingWords(finding) }));
  };
  /** @throws {NotFound} where the event's record knows no such finding */
  const findingOf = async (eventId: string | undefined, findingId: string) => {
    const known = eventId ? await findingsOf(eventId) : [];
    const found = known.find(({ id }) => id === findingId);
    if (!found) throw new NotFound('登记过的上级转办', findingId);
    return { id: found.id, at: found.at };
  };
  const eventNow = async ({ eventId }: TransferRecord): Promise<string | undefined> =>
    eventId && (await survivorOf(events, eventId)).id;
  return {
    listByEvent,
    findingsOf,
    units: parts.units,
    listNewest: async (limit) => await transfers.listNewest(limit),
    dutyOf: async (transfer) => {
      const { finding, eventId } = transfer;
      const subject = finding && eventId ? eventId : transferTarget(transfer);
      const begunBy = finding?.id ?? transferActId(transfer);
      const all = await countdowns.listByEvent(subject);
      return all.find(({ startActId }) => startActId === begunBy);
    },
    mayRegister: (person) => mayRegisterTransfer(person, pack),
    stepsOpenTo: (transfer, person) => transferStepsOpenTo(transfer, person, rules),
    register: async ({ draft, findingId, ...act }) => {
      const { eventId } = draft;
      if (eventId) {
        const event = await events.findById(eventId);
        if (!event) throw new NotFound(events.kind, eventId);
        demandUnmerged(event);
      }
      // Sent twice: the first stands, with the finding that it took.
      const known = await transfers.findById(transferIdOf(draft));
      const finding = known ? known.finding : findingId && (await findingOf(eventId, findingId));
      const told = { ...draft, ...(finding && { finding }) };
      return await registerTransfer({ transfers, pack }, { ...act, draft: told, isDrill });
    },
    take: async ({ transferId, ...act }) => {
      const transfer = await transfers.findById(transferId);
      if (!transfer) throw new NotFound(transfers.kind, transferId);
      const office = {
        ...rules,
        people: await people.listAll(),
        channels,
        ways: pack.channels,
        linkFor: ({ id }: { readonly id: string }) => `${page()}?id=${id}`,
      };
      const eventId = await eventNow(transfer);
      return await takeTransferStep(transfers, office, { ...act, transferId, eventId });
    },
  };
}
