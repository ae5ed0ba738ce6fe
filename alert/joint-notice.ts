import type { Alert } from './alert.ts';

/**
 * 签收: of a person who is told jointly, and called in no other role, it is asked that they sign, not that they
 * take the alert on. Undefined for anybody else.
 */
export function signatureOf(
  { ladder, everyone }: Pick<Alert, 'ladder' | 'everyone'>,
  personId: string,
): { readonly signedAt: Date | undefined } | undefined {
  const mine = (everyone?.people ?? []).filter((one) => one.personId === personId);
  if (mine.length === 0) return undefined;
  const roles = mine.map(({ role }) => role);
  const calls = (ladder?.steps ?? []).flatMap((step) => step.calls);
  const own = calls.filter((call) => call.personId === personId);
  if (!own.every(({ role }) => role !== undefined && roles.includes(role))) return undefined;
  return { signedAt: mine[0]?.acknowledgedAt };
}

/** Whether a person has answered: has taken the alert on, or signed that they heard. */
export const hasAnswered = (
  { acknowledgedBy, everyone }: Pick<Alert, 'acknowledgedBy' | 'everyone'>,
  personId: string,
): boolean =>
  acknowledgedBy?.personId === personId ||
  (everyone?.people ?? []).some((one) => one.personId === personId && one.acknowledgedAt);
