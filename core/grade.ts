import { z } from 'zod';

/** 等级, from gravest to lightest. */
export const GRADES = ['L1', 'L2', 'L3', 'L4', 'WATCH'] as const;
export const GradeSchema = z.enum(GRADES);
export type Grade = z.infer<typeof GradeSchema>;

/** The word stands beside every colour; a colour is never shown alone. */
export const GRADE_WORDS: Readonly<Record<Grade, { word: string; colour: string }>> = {
  L1: { word: '特别重大', colour: '红' },
  L2: { word: '重大', colour: '橙' },
  L3: { word: '较大', colour: '黄' },
  L4: { word: '一般', colour: '蓝' },
  WATCH: { word: '关注', colour: '' },
};

/** 橙·重大; 关注 has no colour. */
export function gradeLabel(grade: Grade): string {
  const { word, colour } = GRADE_WORDS[grade];
  return colour ? `${colour}·${word}` : word;
}

export function isAbove(a: Grade, b: Grade): boolean {
  return GRADES.indexOf(a) < GRADES.indexOf(b);
}

export function isAtLeast(a: Grade, b: Grade): boolean {
  return !isAbove(b, a);
}

export function graverOf(a: Grade, b: Grade): Grade {
  return isAbove(b, a) ? b : a;
}
