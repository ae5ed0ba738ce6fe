import { z } from 'zod';
import { beijingDay, DAY_MS, startOfBeijingDay } from '#core';

/** What can be wrong with the encryption of a site and be lived with, if somebody answers for it. */
const TLS_WEAKNESSES = ['expired', 'untrusted', 'nameMismatch', 'oldProtocol'] as const;
export const TlsWeaknessSchema = z.enum(TLS_WEAKNESSES);
export type TlsWeakness = z.infer<typeof TlsWeaknessSchema>;

export const WEAKNESS_WORDS: Readonly<Record<TlsWeakness, string>> = {
  expired: '证书过期',
  untrusted: '证书自签名或签发链不全',
  nameMismatch: '证书与域名不符',
  oldProtocol: '加密协议或算法过旧',
};

/** 证书例外: somebody answers for reading one source in spite of a named weakness of its encryption. */
export const TlsWaiverSchema = z.strictObject({
  weaknesses: z
    .array(TlsWeaknessSchema)
    .min(1)
    .describe(
      '容忍哪些缺陷：expired 过期；untrusted 自签名或签发链不全；nameMismatch 与域名不符；oldProtocol 协议或算法过旧',
    ),
  reason: z.string().min(1).describe('为什么非读不可、怎样核实过对方'),
  by: z.string().min(1).describe('批准人'),
  until: z.iso.date().optional().describe('到哪一天为止，含当日；不写则一直有效'),
});
export type TlsWaiver = Readonly<z.infer<typeof TlsWaiverSchema>>;

/** The waiver, unless its last Beijing day is over. */
export function waiverInForce(waiver: TlsWaiver | undefined, now: Date): TlsWaiver | undefined {
  const { until } = waiver ?? {};
  const isOver = until !== undefined && now >= dayAfter(until);
  return isOver ? undefined : waiver;
}

/** Codes by which OpenSSL and Node say what is wrong with a certificate or a handshake. */
const CODES: readonly (readonly [RegExp, TlsWeakness])[] = [
  [/^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/, 'expired'],
  [/SELF_SIGNED_CERT|^UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF)|^CERT_UNTRUSTED$/, 'untrusted'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'nameMismatch'],
  [
    /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|HANDSHAKE_FAILURE|KEY_TOO_SMALL|MD_TOO_WEAK|LEGACY_RENEGOTIATION|NO_CIPHERS|BAD_ECPOINT|WRONG_CIPHER/,
    'oldProtocol',
  ],
];

/** Undefined for what nobody may waive: a revoked certificate, something that is no TLS at all. */
export const weaknessOf = (code: string): TlsWeakness | undefined =>
  CODES.find(([pattern]) => pattern.test(code))?.[1];

/** For the record: 证书过期；理由…；批准人…；至 2026-12-31. */
export function waiverInWords({ weaknesses, reason, by, until }: TlsWaiver): string {
  const what = weaknesses.map((one) => WEAKNESS_WORDS[one]).join('、');
  return `${what}；理由：${reason}；批准人：${by}；${until ? `至 ${until}` : '未定期限'}`;
}

function dayAfter(day: string): Date {
  return startOfBeijingDay(beijingDay(new Date(startOfBeijingDay(day).getTime() + DAY_MS)));
}
