/** What of a person must not be stored, and what stands in its place. Order matters: the longest first. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[邮箱]'],
  [
    /(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])/g,
    '[身份证号]',
  ],
  [/(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)/g, '[卡号]'],
  [/(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)/g, '[手机号]'],
  [
    /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·\s]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![A-Za-z0-9])/g,
    '[车牌号]',
  ],
];

/** Text without phone, identity card, bank card and plate numbers and mail addresses. Figures and dates stay. */
export function mask(text: string): string {
  return PATTERNS.reduce((masked, [pattern, label]) => masked.replace(pattern, label), text);
}
