import { z } from 'zod';

const Words = z.array(z.string().min(1)).min(1);

/** 文字检查: the words a text for the public is looked through for, and what is said of each. */
export const TextCheckSchema = z.strictObject({
  /** 负面清单: each place where its words stand needs a recorded decision. */
  negativeList: z.strictObject({
    version: z.string().min(1),
    entries: z.array(z.strictObject({ words: Words, says: z.string().min(1) })),
  }),
  perfunctory: z.strictObject({ words: Words, says: z.string().min(1) }),
  /** Names of private persons: a surname and one or two characters behind one of these words. */
  privatePersons: z.strictObject({
    after: Words,
    surnames: z.string().regex(/^\p{Script=Han}+$/u),
    says: z.string().min(1),
  }),
});
export type TextCheck = Readonly<z.infer<typeof TextCheckSchema>>;
