/** What of a person must not be stored, and what stands in its place. */
interface Secret {
  readonly label: string;
  /** Finds it in text whose full-width letters and digits are ASCII; what is captured as `kept` stays. */
  readonly pattern: RegExp;
  /** Tells it from a figure of the same shape. */
  readonly isOne?: (found: string) => boolean;
}

const PROVINCE = '(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])';
const MONTH_DAY = String.raw`(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])`;
const AREA = String.raw`(?:10|2\d|[3-9]\d{2})`;
const NUMBER = '[0-9A-Za-z一二三四五六七八九十甲乙丙丁]{1,4}';
const PLATE_PLACE = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';
const LETTER = '[A-HJ-NP-Z0-9]';
/** 最新WTT1000 and 私有云DH4300 name no province. */
const NO_PLATE = '(?<![最全更创革崭](?=新))(?<![有里讯为度](?=云))';
const ROAD = '(?:路|街|道|巷|弄|里|坊|胡同|村|组|屯|苑|园|小区)';
const HOME = '(?:家住|住址|现住|住在|户籍|家庭地址|收货地址)';

/** Order matters: the longest first. Hotlines (12345, 400…) are institutions', and no pattern fits them. */
const SECRETS: readonly Secret[] = [
  // Begun in the middle of a long word it would be tried again at each letter.
  { label: '[邮箱]', pattern: /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g },
  {
    label: '[身份证号]',
    // With or without a valid check digit: a mistyped one is a person's all the same.
    pattern: new RegExp(
      String.raw`(?<!\d)${PROVINCE}\d{4}[ -]?(?:(?:19|20)\d{2}${MONTH_DAY}[ -]?\d{3}[\dXx](?![\dXx])|\d{2}${MONTH_DAY}\d{3}(?!\d))`,
      'g',
    ),
  },
  {
    label: '[卡号]',
    pattern: /(?<kept>(?:卡号|账号|帐号|银行卡)\s*[:：]?\s*)\d(?:[ -]?\d){11,18}(?![ -]?\d)/g,
  },
  {
    label: '[卡号]',
    pattern: /(?<!\d)(?:[3-6]\d{3}|9558)([ -]?)\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?(?!\d)/g,
    isOne: passesLuhn,
  },
  {
    label: '[手机号]',
    pattern: /(?<!\d)(?<!\d\.)(?:\+?86[ -]?)?1[3-9]\d(?:[ .·-]?\d{4}){2}(?!\d)/g,
  },
  {
    label: '[电话号码]',
    pattern: new RegExp(
      String.raw`(?<![\d.])(?:\(0${AREA}\)\s?|0${AREA}[ -]?|\+86[ -]?0?${AREA}[ -]?)[2-9]\d{6,7}(?:[转-]\d{1,5})?(?!\d)`,
      'g',
    ),
  },
  {
    label: '[车牌号]',
    pattern: new RegExp(
      String.raw`${NO_PLATE}[${PLATE_PLACE}][A-HJ-NP-Z][·\s]?(?:${LETTER}{4}(?:${LETTER}|[挂学警港澳])|[A-HJK]${LETTER}\d{4}|\d{5}[A-HJK])(?![A-Za-z0-9])`,
      'gi',
    ),
    isOne: (found) => found.replace(/\D/g, '').length >= 3,
  },
  {
    label: '[社交账号]',
    pattern: /(?<kept>(?:QQ|扣扣)(?:号码?|群号?)?\s*(?:[:：是为]\s*)?)[1-9]\d{4,10}(?!\d)/gi,
  },
  {
    label: '[社交账号]',
    pattern:
      /(?<kept>(?:微信|wechat)(?:号\s*[:：是为]?|\s*[:：])\s*|(?<![a-z])(?:加?vx|加v|加微|wx)\s*[:：]?\s*)[a-z][\w-]{5,19}/gi,
  },
  {
    label: '[门牌]',
    // A flat, not a building: 3号楼 alone is where something happened.
    pattern: new RegExp(
      String.raw`(?:(?<![\d年月第])${NUMBER}\s*(?:号楼|号院|号|弄|幢|栋|座|单元|层|楼)[\s,，-]*)+(?:[A-Za-z]?\d{3,4}\s*(?:室|房间?)|[东西南北中]户|(?<=(?:单元|幢|栋)[\s,，-]*)(?:\d-)?\d{3,4}(?![\d年月日元万亿人名个米号])|(?<=单元[\s,，-]*))`,
      'g',
    ),
    // 二单元 alone may be a textbook's.
    isOne: (found) => !/^[^号弄幢栋座层楼]*单元[\s,，-]*$/.test(found),
  },
  {
    label: '[门牌]',
    pattern: new RegExp(
      String.raw`(?<kept>${HOME}[^\n。；;]{0,30}?${ROAD}(?:\d{1,3}组)?)\d{1,5}(?:-\d{1,4})?号`,
      'g',
    ),
  },
];

/**
 * Text without the numbers, addresses and accounts of persons. Figures, dates, numbers of papers, building numbers
 * and public hotlines stay.
 */
export function mask(text: string): string {
  if (!/[\d@\uff10-\uff20]/.test(text)) return text;
  let masked = text;
  // What one label uncovers may be a number of its own.
  for (let before = ''; before !== masked;) {
    before = masked;
    masked = SECRETS.reduce((rest, secret) => without(rest, secret), masked);
  }
  return masked;
}

/** A part of a text that tells who a person is, or how to reach one. */
export interface PersonalPart {
  /** What it is, as it would be masked: [手机号]. */
  readonly label: string;
  readonly words: string;
}

/** What `mask` would take out, in a text that stays as it is. */
export function personalParts(text: string): readonly PersonalPart[] {
  const parts: PersonalPart[] = [];
  SECRETS.reduce(
    (rest, secret) => without(rest, secret, (words) => parts.push({ label: secret.label, words })),
    text,
  );
  return parts;
}

function without(
  text: string,
  { label, pattern, isOne }: Secret,
  onFound?: (words: string) => void,
): string {
  const plain = halfWidth(text);
  let masked = '';
  let at = 0;
  for (const match of plain.matchAll(pattern)) {
    const [found] = match;
    if (isOne && !isOne(found)) continue;
    const kept = match.groups?.['kept'] ?? '';
    onFound?.(text.slice(match.index + kept.length, match.index + found.length));
    masked += text.slice(at, match.index + kept.length) + label;
    at = match.index + found.length;
  }
  return masked + text.slice(at);
}

/** Full-width letters, digits and signs as ASCII, each in its place. */
function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) =>
    String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
  );
}

/** The check sum of bank cards. Source: ISO/IEC 7812-1, annex B. */
function passesLuhn(card: string): boolean {
  const digits = Array.from(card.replace(/\D/g, ''), Number).reverse();
  const sum = digits.reduce((total, digit, index) => {
    const weighted = index % 2 === 1 ? 2 * digit : digit;
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return sum % 10 === 0;
}
