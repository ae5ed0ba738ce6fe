import type { Person } from '#core';
import type {
  ClaimPost,
  ProposedClaim,
  Release,
  RumorCase,
  RumorStep,
  RumorStepTaken,
} from '#respond';
import type { ReleaseDraft } from './deps.ts';

interface Act {
  readonly actor: Person;
  readonly at: Date;
}

/** Claims under verification; put together where all is. */
export interface RumorRoom {
  /** Those of events merged into it too; oldest first. */
  listByEvent(eventId: string): Promise<readonly RumorCase[]>;
  listNewest(limit: number): Promise<readonly RumorCase[]>;
  /** Posts of the event that a case may name, and what the machine points at among them. */
  around(eventId: string): Promise<{
    readonly posts: readonly ClaimPost[];
    readonly proposed: readonly ProposedClaim[];
  }>;
  mayOpen(person: Person): boolean;
  stepsOpenTo(rumor: RumorCase, person: Person): readonly RumorStep[];
  /** @throws {Refused | NotFound} */
  open(
    this: void,
    act: Act & {
      readonly eventId: string;
      readonly claimText: string;
      readonly postIds: readonly string[];
    },
  ): Promise<RumorCase>;
  /** @throws {Refused | NotFound} */
  take(
    this: void,
    act: Act & { readonly rumorId: string; readonly taken: RumorStepTaken },
  ): Promise<RumorCase>;
  /** @throws {Refused | NotFound} */
  draft(
    this: void,
    act: Act & { readonly rumorId: string; readonly draft: Omit<ReleaseDraft, 'kind'> },
  ): Promise<Release>;
}
