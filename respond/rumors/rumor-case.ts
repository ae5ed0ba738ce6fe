import { z } from 'zod';
import { ActorSchema, type Documents } from '#core';
import { NotedSchema } from '../noted.ts';

export const RUMOR_STATES = [
  'claimed',
  'verifying',
  'confirmedFalse',
  'misleading',
  'unverified',
  'confirmedTrue',
  'clarifying',
  'clarified',
  'tracking',
  'closed',
] as const;
export type RumorState = (typeof RUMOR_STATES)[number];

export const RumorVerdictSchema = z.enum(['false', 'misleading', 'unverified', 'true']);
export type RumorVerdict = z.infer<typeof RumorVerdictSchema>;

/** A public post that carries the claim; of private people not even the account is kept. */
export const ClaimPostSchema = z.object({
  postId: z.string(),
  title: z.string(),
  url: z.string(),
  /** The institution that published it; empty for private people. */
  outlet: z.string(),
  publishedAt: z.coerce.date(),
  /** When this office first saw it. */
  fetchedAt: z.coerce.date(),
});
export type ClaimPost = Readonly<z.infer<typeof ClaimPostSchema>>;

const By = { at: z.coerce.date(), by: ActorSchema };

/** 不实信息核查: a claim under verification, neither true nor false before a person has said so. */
export const RumorCaseSchema = NotedSchema.extend({
  /** Word for word as it goes round. */
  claimText: z.string().min(1),
  posts: z.array(ClaimPostSchema),
  /** When this office first saw it: the first post's, or the opening where it stood in no public post. */
  firstSeenAt: z.coerce.date(),
  opened: z.object(By),
  state: z.enum(RUMOR_STATES),
  /** Only ever added to. */
  evidence: z.array(
    z.object({ ...By, text: z.string().min(1), source: z.string().min(1), link: z.string() }),
  ),
  /** All that were ever given, oldest first; the last one is in force. */
  verdicts: z.array(z.object({ ...By, verdict: RumorVerdictSchema, reason: z.string().min(1) })),
  /** Releases drafted from a verdict, oldest first. */
  clarifications: z.array(
    z.object({
      releaseId: z.string(),
      draftedAt: z.coerce.date(),
      publishedAt: z.coerce.date().optional(),
      withdrawnAt: z.coerce.date().optional(),
    }),
  ),
  /** How it ended, in a person's words. */
  outcome: z.string().optional(),
});
export type RumorCase = Readonly<z.infer<typeof RumorCaseSchema>>;

/** Adapters pass tests/contracts/documents.contract.ts. */
export interface RumorStore extends Documents<RumorCase> {
  /** Oldest first. */
  listByEvent(eventId: string): Promise<readonly RumorCase[]>;
  listNewest(limit: number): Promise<readonly RumorCase[]>;
}

/** The first publication that stands; undefined while the public has not heard. */
export const clarifiedAt = ({ clarifications }: Pick<RumorCase, 'clarifications'>) =>
  clarifications
    .flatMap(({ publishedAt, withdrawnAt }) => (publishedAt && !withdrawnAt ? publishedAt : []))
    .toSorted((a, b) => +a - +b)[0];

/** From first sight to the first publication that stands; undefined while there is none. */
export function clarificationMs(
  rumor: Pick<RumorCase, 'clarifications' | 'firstSeenAt'>,
): number | undefined {
  const at = clarifiedAt(rumor);
  return at && Math.max(0, at.getTime() - rumor.firstSeenAt.getTime());
}
