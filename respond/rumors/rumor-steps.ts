import { hasRole, Refused, type Person, type Role } from '#core';
import type { ReviewPack } from '../review-pack.ts';
import { rolesInWords, RUMOR_STATE_NAMES, RUMOR_STEP_NAMES } from '../words.ts';
import type { RumorCase, RumorState, RumorVerdict } from './rumor-case.ts';
import type { RumorPack } from './rumor-pack.ts';

export const RUMOR_STEPS = [
  'start',
  'addPosts',
  'addEvidence',
  'judge',
  'clarify',
  'track',
  'close',
  'reverify',
] as const;
export type RumorStep = (typeof RUMOR_STEPS)[number];

/** A step as a person takes it; `clarify` drafts a release and has its own way. */
export type RumorStepTaken =
  | { readonly step: 'start' }
  | { readonly step: 'addPosts'; readonly postIds: readonly string[] }
  | {
      readonly step: 'addEvidence';
      readonly text: string;
      readonly source: string;
      readonly link: string;
    }
  | { readonly step: 'judge'; readonly verdict: RumorVerdict; readonly reason: string }
  | { readonly step: 'track' }
  | { readonly step: 'close'; readonly outcome: string }
  | { readonly step: 'reverify'; readonly reason: string };

/** By which rules a step is open to a person. */
export interface RumorRules {
  readonly pack: RumorPack;
  readonly review: Pick<ReviewPack, 'drafters'>;
}

const JUDGED: readonly RumorState[] = [
  'confirmedFalse',
  'misleading',
  'unverified',
  'confirmedTrue',
  'clarifying',
  'clarified',
  'tracking',
  'closed',
];

const FROM: Readonly<Record<RumorStep, readonly RumorState[]>> = {
  start: ['claimed'],
  addPosts: [
    'claimed',
    'verifying',
    'confirmedFalse',
    'misleading',
    'unverified',
    'clarifying',
    'clarified',
    'tracking',
  ],
  addEvidence: ['claimed', 'verifying', 'unverified'],
  judge: ['verifying'],
  clarify: ['confirmedFalse', 'misleading'],
  track: ['clarified', 'unverified'],
  close: ['tracking'],
  // A verdict may prove wrong at any time, also after the end.
  reverify: JUDGED,
};

export const RUMOR_STATE_OF: Readonly<Record<RumorVerdict, RumorState>> = {
  false: 'confirmedFalse',
  misleading: 'misleading',
  unverified: 'unverified',
  true: 'confirmedTrue',
};

/** Neither ended nor found to be true: somebody still owes something. */
export const isRumorOpen = ({ state }: Pick<RumorCase, 'state'>): boolean =>
  state !== 'closed' && state !== 'confirmedTrue';

const rolesFor = (step: RumorStep, { pack, review }: RumorRules): readonly Role[] =>
  step === 'clarify' ? review.drafters : pack.steps[step];

/** The rule that forbids this person this step now; undefined when none does. */
export function whyNotRumorStep(
  { state }: Pick<RumorCase, 'state'>,
  step: RumorStep,
  person: Person,
  rules: RumorRules,
): Refused | undefined {
  const name = RUMOR_STEP_NAMES[step];
  if (!FROM[step].includes(state)) {
    const rule = `核查${RUMOR_STATE_NAMES[state]}，现在不能${name}`;
    return new Refused('RUMOR_STEP_REFUSED', rule);
  }
  const roles = rolesFor(step, rules);
  if (hasRole(person, ...roles)) return undefined;
  return new Refused('ROLE_NEEDED', `${name}须为${rolesInWords(roles)}`, 'forbidden');
}

/** Steps that this person may take now. */
export const rumorStepsOpenTo = (
  rumor: Pick<RumorCase, 'state'>,
  person: Person,
  rules: RumorRules,
): readonly RumorStep[] =>
  RUMOR_STEPS.filter((step) => !whyNotRumorStep(rumor, step, person, rules));
