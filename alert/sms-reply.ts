import { digestOf } from '#core';
import type { Person } from '#core';

/** Codes have four digits and do not begin with 0: some phones drop it. */
const FIRST_CODE = 1_000;
const CODES = 9_000;

/**
 * The code by which a person answers an alert from a phone. The number it comes from says who it is, so the
 * code needs to tell this person's alerts apart and no more.
 */
export function replyCodeOf(alertId: string, personId: string): string {
  const number = Number.parseInt(digestOf(`reply ${alertId} ${personId}`).slice(0, 12), 16);
  return String(FIRST_CODE + (number % CODES));
}

/** The code in a reply: the only group of exactly four digits; undefined where there is none or several. */
export function codeInReply(text: string): string | undefined {
  const found = new Set(text.normalize('NFKC').match(/(?<!\d)\d{4}(?!\d)/g));
  return found.size === 1 ? [...found][0] : undefined;
}

/** A mobile number without country code, spaces and dashes, as two places may write it differently. */
export function plainNumber(phone: string): string {
  return phone
    .normalize('NFKC')
    .replaceAll(/[^\d+]/g, '')
    .replace(/^(?:\+|00)?86(?=1\d{10}$)/, '');
}

/** Whose number this is; undefined where it is nobody's or not one person's alone. */
export function personOfNumber(people: readonly Person[], phone: string): Person | undefined {
  const wanted = plainNumber(phone);
  const found = people.filter(
    (one) => !one.isDisabled && one.phone !== undefined && plainNumber(one.phone) === wanted,
  );
  return wanted !== '' && found.length === 1 ? found[0] : undefined;
}
