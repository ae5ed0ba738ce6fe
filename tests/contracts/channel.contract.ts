import { describe, expect, onTestFinished, test } from 'vitest';
import type { Channel, SendResult } from '#alert';
import { aNotice } from '../support/alerts.ts';

/** How the far side of a channel behaves. `absent`: nobody listens there. */
export type Behaviour =
  | 'takes'
  | 'tooFast'
  | 'broken'
  | 'refuses'
  | 'hangsUp'
  | 'silent'
  | 'absent';

export const CLASS_OF: Readonly<Record<Behaviour, SendResult['result']>> = {
  takes: 'ok',
  tooFast: 'rate',
  broken: 'temporary',
  refuses: 'config',
  // It may have arrived: the next try says so.
  hangsUp: 'unknown',
  silent: 'unknown',
  absent: 'temporary',
};

/**
 * Which answers are worth a retry, and that nothing secret shows in any of them.
 *
 * @param open a channel whose far side behaves like this, with its time-outs short
 * @param secrets what must never show
 * @param differing where a protocol has other words for the same thing
 */
export function describeChannel(
  name: string,
  open: (behaviour: Behaviour) => Promise<Channel>,
  secrets: readonly string[],
  differing: Partial<typeof CLASS_OF> = {},
): void {
  describe(`${name} as a Channel`, () => {
    test.for(Object.entries({ ...CLASS_OF, ...differing }) as [Behaviour, string][])(
      'a far side that %s: %s',
      async ([behaviour, result]) => {
        const channel = await open(behaviour);
        onTestFinished(async () => await channel.close());
        const receiver = {
          personId: 'first',
          name: '值班员',
          address: channel.kind === 'email' ? 'first@office.example' : '13800000000',
          phone: '13800000000',
        };
        const sent = await channel.send(aNotice('n1', { channel: channel.kind, receiver }));
        expect(sent.result).toBe(result);
        expect(sent.detail).toMatch(/\p{Script=Han}/u);
        for (const secret of secrets) expect(sent.detail).not.toContain(secret);
        expect(sent.detail).not.toMatch(/127\.0\.0\.1|https?:/);
      },
    );
  });
}
