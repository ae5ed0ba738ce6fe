import { NUMBER_PATTERN, parseCount, type WrittenCount } from '../text/chinese-number.ts';

/** A number of people as written, with its place in the text. */
export interface Quantity extends WrittenCount {
  readonly start: number;
  readonly end: number;
  /** False for a bare number, as in 3死5伤: it counts only beside the word itself. */
  readonly hasUnit: boolean;
}

const ABOUT = '近|将近|约|大约|大概|逾|超过|超|至少|不少于|不止|不下|起码|上|多达';
/** 个 is of people only where no measure, place or thing follows. */
const PERSON_UNIT =
  '号人|[名例具口]|条(?=生命|人命|鲜活)|人(?!民|工|类|体|次|气|才|行道)|位(?!于|置)|个(?!月|多?小时|半?小时|多月|星期|钟头|县|区|市|镇|乡|村|省|国|街道|社区|部门|单位|项目|工地|路口|大棚|支队|品种|批次|劲|点|百分|问题|工作日)|俩|仨';
const QUANTITY = new RegExp(
  `(${ABOUT})?(${NUMBER_PATTERN}|多|若干)(?:(?:至|到|-|~|—)(${NUMBER_PATTERN}))?(余|多|几|来)?(万|千|百)?(余|多)?(${PERSON_UNIT})?`,
  'g',
);
/** 第3名 and 3岁 count nobody. */
const ORDINAL = '第';

/** The numbers of people in a stretch of normalised text. */
export function findQuantities(text: string, from: number, to: number): Quantity[] {
  const stretch = text.slice(from, to);
  const found: Quantity[] = [];
  for (const match of stretch.matchAll(QUANTITY)) {
    const [all, about, written = '', high, more, unit, moreYet, person] = match;
    // 死亡人数3人 is not 数3人.
    const isCut = written.startsWith('数') && /[人总]/.test(stretch[match.index - 1] ?? '');
    const low = isCut ? written.slice(1) : written;
    const isVague = low === '多' || low === '若干';
    if ((isVague && person === undefined) || stretch[match.index - 1] === ORDINAL) continue;
    // 万人空巷 counts nobody; 万余人 and 近百人 do.
    const isFigure = !/^[百千万亿]$/.test(low) || about !== undefined || more !== undefined;
    if (!isFigure) continue;
    const count = countOf({ low, high, unit: unit ?? '', about });
    if (!count) continue;
    const isRough = isVague || more !== undefined || moreYet !== undefined || LOW.has(about ?? '');
    const start = from + match.index;
    const rough = isRough ? { atLeast: count.atLeast } : count;
    found.push({ ...rough, start, end: start + all.length, hasUnit: person !== undefined });
  }
  return found;
}

/** After these the number is the least, with no end named. */
const LOW = new Set(['逾', '超过', '超', '至少', '不少于', '不止', '不下', '起码', '上']);
/** 近百人 are somewhat fewer than a hundred. */
const NEARLY = new Set(['近', '将近']);
const NEARLY_RATIO = 0.9;

function countOf(written: {
  low: string;
  high: string | undefined;
  unit: string;
  about: string | undefined;
}): WrittenCount | undefined {
  const { low, high, unit, about } = written;
  if (low === '多' || low === '若干') return { atLeast: 2 };
  const least = parseCount(low + unit);
  if (!least || least.atLeast === 0) return undefined;
  const most = high === undefined ? undefined : parseCount(high + unit);
  if (most && most.atLeast > least.atLeast) {
    return { atLeast: least.atLeast, atMost: most.atMost ?? most.atLeast };
  }
  if (NEARLY.has(about ?? '')) {
    return { atLeast: Math.floor(least.atLeast * NEARLY_RATIO), atMost: least.atLeast };
  }
  return least;
}
