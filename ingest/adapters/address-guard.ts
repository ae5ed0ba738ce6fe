import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Addresses that are no public site: our own machine, our own network, the carrier's. */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
  ['2002::', 16],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv6');
}

/** Whether an address literal may not be fetched. IPv4 inside IPv6 is judged as IPv4. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').split('%')[0] ?? '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  const plain = mapped ?? bare;
  const family = isIP(plain);
  if (family === 0) return true;
  return PRIVATE.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

/** The name points where nobody may fetch from. */
export class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED';
}

/** All addresses of a name. @throws when it has none */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

const askSystem: Resolve = async (hostname) => await lookup(hostname, { all: true });

type LookupCallback = (
  error: Error | null,
  addresses?: { address: string; family: number }[],
) => void;

/** A DNS lookup for sockets that gives only public addresses; `isAllowed` names hosts of the intranet. */
export function guardedLookup(isAllowed: (hostname: string) => boolean, resolve = askSystem) {
  return (hostname: string, _options: object, callback: LookupCallback): void => {
    resolve(hostname).then(
      (found) => {
        const usable = isAllowed(hostname)
          ? found
          : found.filter(({ address }) => !isPrivateAddress(address));
        // One private address among public ones is a trap, not a coincidence.
        if (usable.length < found.length || usable.length === 0) {
          callback(new AddressRefused(hostname));
        } else {
          callback(null, usable);
        }
      },
      (error: Error) => callback(error),
    );
  };
}
