/** The faces of a paper by their part in it: 正文仿宋, 标题小标宋, 楷体, 黑体, 页码宋体. */
export const FACE_PARTS = ['body', 'title', 'kai', 'hei', 'song'] as const;
export type FacePart = (typeof FACE_PARTS)[number];

interface FaceRule {
  /** As offices call it. */
  readonly name: string;
  /** As a Word file names it; the reader's machine has it. */
  readonly word: string;
  /** Families that are the face or as good as it; may not be shipped, so a folder of the office brings them. */
  readonly families: readonly string[];
  /** What is printed without them. */
  readonly floor: string;
}

const SERIF = 'Noto Serif SC';
const SANS = 'Noto Sans SC';

export const FACES: Readonly<Record<FacePart, FaceRule>> = {
  body: {
    name: '仿宋',
    word: '仿宋_GB2312',
    families: ['FangSong_GB2312', '仿宋_GB2312', 'FangSong', '仿宋', 'FandolFang', 'Fandol Fang'],
    floor: SERIF,
  },
  title: {
    name: '小标宋',
    word: '方正小标宋简体',
    families: ['FZXiaoBiaoSong-B05S', '方正小标宋简体', 'FZXiaoBiaoSong-B05', '方正小标宋'],
    floor: SERIF,
  },
  kai: {
    name: '楷体',
    word: '楷体_GB2312',
    families: [
      'KaiTi_GB2312',
      '楷体_GB2312',
      'KaiTi',
      '楷体',
      'LXGW WenKai',
      'FandolKai',
      'Fandol Kai',
    ],
    floor: SERIF,
  },
  hei: { name: '黑体', word: '黑体', families: ['SimHei', '黑体'], floor: SANS },
  song: { name: '宋体', word: '宋体', families: ['SimSun', '宋体'], floor: SERIF },
};

/** For what a face has not: rare characters of names, signs, emoji. */
export const FALLBACKS: readonly string[] = [SERIF, SANS, 'Noto Emoji'];

/** A family that can be printed with, and the characters it has. */
export interface FontFamily {
  readonly name: string;
  has(codePoint: number): boolean;
}

export interface ChosenFaces {
  /** Families of each part, the first wins. */
  readonly faces: Readonly<Record<FacePart, readonly string[]>>;
  /** 小标宋没有找到，以 Noto Serif SC 代替, …; empty when every face is real. */
  readonly substitutes: readonly string[];
}

/** Which family prints each part, out of those there are; what is substituted is named. */
export function chooseFaces(families: readonly FontFamily[]): ChosenFaces {
  const names = new Set(families.map(({ name }) => name));
  const chosen = FACE_PARTS.map((part) => {
    const rule = FACES[part];
    const real = rule.families.find((name) => names.has(name));
    const chain = [...new Set([real ?? rule.floor, rule.floor, ...FALLBACKS])].filter((name) =>
      names.has(name),
    );
    const missing = real ? [] : [`${rule.name}没有找到，以 ${rule.floor} 代替`];
    return { part, chain, missing };
  });
  return {
    faces: Object.fromEntries(
      chosen.map(({ part, chain }) => [part, chain]),
    ) as unknown as ChosenFaces['faces'],
    substitutes: chosen.flatMap(({ missing }) => missing),
  };
}

/** Characters that the face of the text has not: printed with another, or with none at all. */
export function missingCharacters(
  text: string,
  chain: readonly string[],
  families: readonly FontFamily[],
): readonly string[] {
  const byName = new Map(families.map((one) => [one.name, one]));
  const fonts = chain.flatMap((name) => byName.get(name) ?? []);
  const [first] = fonts;
  return [...new Set(Array.from(text))].flatMap((character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    if (/[\s\p{Mn}]/u.test(character) || first?.has(codePoint)) return [];
    const other = fonts.find((font) => font.has(codePoint));
    return [other ? `“${character}”以 ${other.name} 代替` : `“${character}”没有字形，印不出来`];
  });
}
