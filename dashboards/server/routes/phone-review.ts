import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { NotFound } from '#core';
import { gradeOf } from '#analyze';
import { parseReviewLinkId } from '#respond';
import { ReviewStepView } from '#contract';
import type { ServerDeps } from '../deps.ts';
import { renderReviewPage, type ReviewedRelease } from '../phone/review-page.ts';
import { REVIEW_POLICY } from '../phone/review-style.ts';
import { signWithFactor, type SignDeps } from '../sign-release.ts';
import { phonePage } from './phone-page.ts';

type Deps = SignDeps & Pick<ServerDeps, 'rules' | 'releases' | 'events' | 'drill'>;

const Text = { step: ReviewStepView, contentDigest: z.string().max(200) };

/** Both verdicts are bound to the text that was read. */
const FormSchema = z.discriminatedUnion('verdict', [
  z.object({
    verdict: z.literal('agreed'),
    ...Text,
    comment: z.string().trim().max(1_000).default(''),
    code: z.string().trim().max(20).optional(),
  }),
  z.object({
    verdict: z.literal('rejected'),
    ...Text,
    comment: z.string().trim().min(1).max(1_000),
  }),
]);

/** GET and POST /v/:reviewToken: a text that waits, as one of its reviewers reads and signs it. */
export function phoneReview(deps: Deps): FastifyPluginAsyncZod {
  const { rules, releases, events, people, now } = deps;
  const find = async (linkId: string, personId: string): Promise<ReviewedRelease | undefined> => {
    const releaseId = parseReviewLinkId(linkId);
    const release = releaseId === undefined ? undefined : await releases.findById(releaseId);
    const person = await people.findById(personId);
    if (!release || !person) return undefined;
    const event = await events.findById(release.eventId);
    const review = await rules.reviewOf(release, person);
    return { release, review, grade: event && gradeOf(event), eventTitle: event?.title };
  };
  return phonePage(deps, {
    folder: '/v',
    param: 'reviewToken',
    summary: '审查签署页',
    act: '签署发布稿审查',
    page: '处置与回应',
    policy: REVIEW_POLICY,
    form: FormSchema,
    findById: async (linkId, { id }) => await find(linkId, id),
    render: (reviewed, person, saying) =>
      renderReviewPage({ ...reviewed, person, at: now(), ...saying }),
    async take(linkId, form, actor) {
      const releaseId = parseReviewLinkId(linkId) ?? '';
      await signWithFactor(deps, releaseId, form, actor);
      const after = await find(linkId, actor.id);
      if (!after) throw new NotFound(releases.kind, releaseId);
      return [after, form.verdict === 'agreed' ? '已同意' : '已退回修改'];
    },
  });
}
