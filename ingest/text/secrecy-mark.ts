/** The three levels, also spaced as on a paper's head and in traditional characters. */
const GAP = String.raw`[^\S\n]{0,4}`;
const LEVEL = `(?:[绝絕]${GAP}密|[机機]${GAP}密|[秘祕]${GAP}密)`;
const TERM = String.raw`(?:(?:\d{1,2}|[一二两三五十]{1,3})\s*(?:年|个月)|长期|启用前|解密前)`;

/** A mark stands for itself; a news sentence quotes it (“机密★10年”) or goes on. */
const STARRED = new RegExp(
  String.raw`(?:^|[\s【\[(〔:])${LEVEL}级?\s*(?:[★☆✩⭐]|[*▲]\s*${TERM})`,
  'mu',
);
const IN_BRACKETS = new RegExp(
  String.raw`[【\[〔]\s*${LEVEL}级?\s*[】\]〕]|^\s*\(${GAP}${LEVEL}${GAP}\)|\(${GAP}${LEVEL}${GAP}\)\s*$`,
  'mu',
);
const LABELLED = new RegExp(`密${GAP}级\\s*[:：]?\\s*${LEVEL}级?\\s*(?:$|[\\s,，。;；★])`, 'mu');
const WITH_TERM = new RegExp(`^\\s*${LEVEL}级?\\s*${TERM}\\s*$`, 'u');
const ALONE = new RegExp(`^\\s*(?<level>${LEVEL})级?\\s*$`, 'u');
const AT_HEAD = new RegExp(`^\\s*(?:\\d{1,6}\\s+)?${LEVEL}级?\\s`, 'u');
/** What tells an official paper from a story that is called 秘密. */
const PAPER =
  /[〔[(]\s*\d{4}\s*[〕\])]\s*\d{1,4}\s*号|签发人|抄送|印发|特此(?:通知|报告|请示|批复|函)/;
/** Who lists the levels writes about them. */
const LIST = new RegExp(`${LEVEL}[^\\n]{0,8}${LEVEL}[^\\n]{0,8}${LEVEL}`, 'gu');
const HEAD_LINES = 8;
const FOOT_LINES = 4;
const HEAD_CHARACTERS = 300;

/** Whether a text bears a mark of state secrecy: then nothing of it is kept. */
export function hasSecrecyMark(text: string): boolean {
  if (!text.includes('密')) return false;
  const normal = text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(LIST, '');
  if ([STARRED, IN_BRACKETS, LABELLED].some((mark) => mark.test(normal))) return true;
  const lines = normal.split('\n').filter((line) => line.trim() !== '');
  const isPaper = PAPER.test(normal);
  return (
    [...lines.slice(0, HEAD_LINES), ...lines.slice(HEAD_LINES).slice(-FOOT_LINES)].some((line) =>
      isMarkAlone(line, isPaper),
    ) ||
    (AT_HEAD.test(normal) && PAPER.test(normal.slice(0, HEAD_CHARACTERS)))
  );
}

/** 绝密 and 机密 are no titles; 秘密 often is one, and counts on a paper only. */
function isMarkAlone(line: string, isPaper: boolean): boolean {
  const level = ALONE.exec(line)?.groups?.['level'];
  if (level === undefined) return WITH_TERM.test(line);
  return isPaper || !/^[秘祕]/.test(level);
}
