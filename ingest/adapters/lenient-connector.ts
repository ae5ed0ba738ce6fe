import { constants } from 'node:crypto';
import { checkServerIdentity, TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { weaknessOf, type TlsWeakness } from '../tls-waiver.ts';

/** What OpenSSL still knows of old servers: TLS 1.0, short keys, renegotiation as it was before RFC 5746. */
const OLD_PROTOCOL = {
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT:@SECLEVEL=0',
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
} as const;

/**
 * Opens encrypted lines that may have the waived weaknesses and no other. Each is looked for by itself: the library
 * names one of them only, and one that is waived must hide none that is not.
 */
export function lenientConnector(
  waived: ReadonlySet<TlsWeakness>,
  options: buildConnector.BuildOptions,
  nowMs: () => number,
): buildConnector.connector {
  const connect = buildConnector({
    ...options,
    ...(waived.has('oldProtocol') && OLD_PROTOCOL),
    rejectUnauthorized: false,
    // A session taken up again shows no certificate to look at.
    maxCachedSessions: 0,
  });
  return (target, callback) =>
    connect(target, (...[error, socket]) => {
      if (error || !(socket instanceof TLSSocket)) {
        callback(...([error, socket] as Parameters<buildConnector.Callback>));
        return;
      }
      const faults = faultsOf(socket, target.servername || target.hostname, nowMs());
      const code = faults.find((one) => !isWaived(one, waived));
      if (code === undefined) callback(null, socket);
      else callback(Object.assign(new Error(code), { code }), null);
      if (code !== undefined) socket.destroy();
    });
}

const isWaived = (code: string, waived: ReadonlySet<TlsWeakness>): boolean => {
  const weakness = weaknessOf(code);
  return weakness !== undefined && waived.has(weakness);
};

/** Codes of all that is wrong with a certificate. */
function faultsOf(socket: TLSSocket, host: string, nowMs: number): readonly string[] {
  const certificate = socket.getPeerCertificate();
  const from = Date.parse(certificate.valid_from);
  const to = Date.parse(certificate.valid_to);
  const isInTime = from <= nowMs && nowMs <= to;
  const isNamed = checkServerIdentity(host, certificate) === undefined;
  // Typed as an error, it is the code as text.
  const found = socket.authorizationError as unknown;
  return [
    ...(typeof found === 'string' ? [found] : []),
    ...(isInTime ? [] : ['CERT_HAS_EXPIRED']),
    ...(isNamed ? [] : ['ERR_TLS_CERT_ALTNAME_INVALID']),
  ];
}
