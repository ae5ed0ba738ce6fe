/** 心跳: the last moment at which a part of the product had done its work. */
export interface Heartbeat {
  /** Which loop or stage. */
  readonly component: string;
  /** Real time, also in a drill. */
  readonly at: Date;
  /** Of the clock that nobody can set, since the process began; ms. */
  readonly monotonicMs: number;
}

/** Where an onlooker in another process reads them. Adapters pass tests/contracts/heartbeats.contract.ts. */
export interface HeartbeatStore {
  /** Stores them in one write; those of an earlier start of the product go. */
  beat(heartbeats: readonly Heartbeat[], bootId: string): Promise<void>;
  list(): Promise<readonly (Heartbeat & { readonly bootId: string })[]>;
}

/**
 * Gathers heartbeats and writes them now and then: a part that hangs or fails beats no more, and if nothing is written
 * at all, that shows as well.
 */
export function createPulse(deps: {
  readonly heartbeats: HeartbeatStore;
  /** A new one at each start of the product. */
  readonly bootId: string;
  readonly realNow: () => Date;
  readonly monotonicMs: () => number;
}): { beat(component: string): void; write(): Promise<void> } {
  const { heartbeats, bootId, realNow, monotonicMs } = deps;
  const beaten = new Map<string, Heartbeat>();
  return {
    beat: (component) =>
      void beaten.set(component, { component, at: realNow(), monotonicMs: monotonicMs() }),
    write: async () => {
      const all = [...beaten.values()];
      beaten.clear();
      await heartbeats.beat(all, bootId);
    },
  };
}
