import type { GradeView } from '../../contract/index.ts';

/** Gravest first. */
export const GRADE_ORDER: readonly GradeView[] = ['L1', 'L2', 'L3', 'L4', 'WATCH'];

/** Word, colour name and shape: never the colour alone. */
export const GRADES: Readonly<Record<GradeView, { word: string; colour: string; shape: string }>> =
  {
    L1: { word: '特别重大', colour: '红', shape: '◆' },
    L2: { word: '重大', colour: '橙', shape: '▲' },
    L3: { word: '较大', colour: '黄', shape: '■' },
    L4: { word: '一般', colour: '蓝', shape: '●' },
    WATCH: { word: '关注', colour: '', shape: '○' },
  };

export function gradeText(grade: GradeView): string {
  const { word, colour } = GRADES[grade];
  return colour ? `${colour} ${word}` : word;
}

export const isBelow = (grade: GradeView, other: GradeView): boolean =>
  GRADE_ORDER.indexOf(grade) > GRADE_ORDER.indexOf(other);
