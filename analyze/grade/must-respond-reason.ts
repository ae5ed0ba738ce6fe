import { z } from 'zod';

/** 应回应情形. */
export const MustRespondReasonSchema = z.enum([
  'misread',
  'vitalInterest',
  'moralBottomLine',
  'emergency',
  'upperOrder',
  'hotTopic',
]);
export type MustRespondReason = z.infer<typeof MustRespondReasonSchema>;
