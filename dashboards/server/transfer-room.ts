import type { Person } from '#core';
import type { Countdown } from '#alert';
import type { TransferDraft, TransferRecord, TransferStep, TransferStepTaken } from '#respond';

interface Act {
  readonly actor: Person;
  readonly at: Date;
}

/** 上级转办 on the record of an event. */
export interface TransferFinding {
  readonly id: string;
  readonly at: Date;
  readonly words: string;
}

/** The register of what other bodies handed to this office; put together where all is. */
export interface TransferRoom {
  /** Newest received first. */
  listNewest(limit: number): Promise<readonly TransferRecord[]>;
  /** Those of events merged into it too; oldest first. */
  listByEvent(eventId: string): Promise<readonly TransferRecord[]>;
  /** The countdown of its reply; undefined until it runs. */
  dutyOf(transfer: TransferRecord): Promise<Countdown | undefined>;
  /** Those that no entry stands for yet. */
  findingsOf(eventId: string): Promise<readonly TransferFinding[]>;
  readonly units: readonly string[];
  mayRegister(person: Person): boolean;
  stepsOpenTo(transfer: TransferRecord, person: Person): readonly TransferStep[];
  /** @throws {Refused | NotFound} */
  register(
    this: void,
    act: Act & {
      readonly draft: Omit<TransferDraft, 'finding'>;
      readonly findingId?: string | undefined;
    },
  ): Promise<TransferRecord>;
  /** @throws {Refused | NotFound} */
  take(
    this: void,
    act: Act & { readonly transferId: string; readonly taken: TransferStepTaken },
  ): Promise<TransferRecord>;
}
