/** The ranks of a medium in words (docs/glossary.md, mediaTier). */
const WORDS: Readonly<Record<string, string>> = {
  M0: '无媒体',
  M1: '个人或本地论坛',
  M2: '大号或门户转载',
  M3: '市县媒体',
  M4: '省级媒体',
  M5: '全国性市场媒体',
  M6: '中央媒体',
  M7: '多家中央媒体或境外',
};

export const mediaTierText = (tier: string): string => WORDS[tier] ?? tier;
