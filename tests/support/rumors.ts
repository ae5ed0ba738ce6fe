import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { RumorPackSchema, type ClaimPost, type RumorCase } from '#respond';
import { newRumor, type OpenRumorRequest } from '../../respond/rumors/open-rumor.ts';
import { office } from './people.ts';
import { minutesAfter, NOON } from './posts.ts';
import { reviewPack } from './releases.ts';

/** The pack that ships, as the product reads it. */
export const rumorPack = RumorPackSchema.parse(
  parse(readFileSync(new URL('../../config/packs/rumors.yaml', import.meta.url), 'utf8')),
);
export const rumorRules = { pack: rumorPack, review: reviewPack };

export const CLAIM = '听说坍塌死了30多人，官方在瞒报';

export const aClaimPost = (changes: Partial<ClaimPost> = {}): ClaimPost => ({
  postId: 'post-1',
  title: '坍塌现场',
  url: 'https://forum.linjiang.test/1',
  outlet: '',
  publishedAt: minutesAfter(-40),
  fetchedAt: minutesAfter(-30),
  ...changes,
});

/** Opened at noon; the first post was seen half an hour before. */
export const aRumor = (changes: Partial<OpenRumorRequest> = {}): RumorCase =>
  newRumor(
    {
      event: { id: 'event-1', isDrill: false },
      claimText: CLAIM,
      posts: [aClaimPost()],
      actor: office.dutyOfficer,
      at: NOON,
      ...changes,
    },
    rumorPack,
  );
