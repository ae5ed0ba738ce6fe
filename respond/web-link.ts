import { Refused } from '#core';

/** The rule that forbids this link: it is shown to be clicked, and another scheme could run something. */
export function whyNotLink(link: string): Refused | undefined {
  const isWeb = URL.canParse(link) && ['http:', 'https:'].includes(new URL(link).protocol);
  if (isWeb) return undefined;
  return new Refused('LINK_INVALID', '链接须以 http:// 或者 https:// 开头', 'invalid');
}
