/** Marks as papers carry them; ordinary words such as 秘密花园 or 商业秘密 are none. */
const MARKS: readonly RegExp[] = [
  /(?:绝密|机密|秘密)\s*[★☆*]/,
  /[【[(（]\s*(?:绝密|机密|秘密)\s*[】\])）]/,
  /密\s*级\s*[:：]\s*(?:绝密|机密|秘密)/,
  /^\s*(?:绝密|机密|秘密)\s*$/m,
];

/** Whether a text bears a mark of state secrecy: then nothing of it is kept. */
export function hasSecrecyMark(text: string): boolean {
  const normal = text.normalize('NFKC');
  return MARKS.some((mark) => mark.test(normal));
}
