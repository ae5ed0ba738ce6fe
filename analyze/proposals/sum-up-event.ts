import { normaliseText } from '../text/normalise-text.ts';
import { CONTENT_CLASSES, type GradingPack } from '../grade/grading-pack.ts';
import type { Lead } from '../events/lead.ts';
import type { OpinionEvent } from '../events/opinion-event.ts';
import {
  correctionsInForce,
  FIELD_WORDS,
  type Correctable,
  type Correction,
} from './correction.ts';
import { findUnit } from './find-unit.ts';
import type { Because } from './linear-model.ts';
import {
  FocusCodeSchema,
  TopicCodeSchema,
  type LabelProposal,
  type PostProposals,
} from './proposal.ts';
import type { ProposalPacks } from './proposal-packs.ts';

/** One field of an event's judgement: what the machine proposes, or what a person put in its place. */
export interface FieldProposal {
  readonly field: Correctable;
  readonly name: string;
  /** Code, or a unit's name; for 应回应情形 codes with commas. Empty when it cannot tell. */
  readonly value: string;
  /** In words; absent where the screens have the word. */
  readonly valueName?: string;
  /** 0 to 1; absent where a person spoke or rules alone decide. */
  readonly confidence?: number;
  readonly because: readonly Because[];
  /** More to say: shares, assisting units, why it cannot tell. */
  readonly note: string;
  readonly madeBy: string;
  readonly correction?: Correction;
  /** Values a person may choose; empty: any name. */
  readonly options: readonly { readonly value: string; readonly name: string }[];
}

export interface SumUpRules {
  readonly packs: ProposalPacks;
  readonly grading: Pick<GradingPack, 'content' | 'name' | 'version'>;
}

export interface EventToSumUp {
  readonly event: Pick<OpinionEvent, 'title' | 'regionCodes' | 'lastPostAt'>;
  readonly leads: readonly Lead[];
  readonly corrections: readonly Correction[];
}

const SENTIMENTS = [
  { value: 'positive', name: '正面' },
  { value: 'neutral', name: '中性' },
  { value: 'negative', name: '负面' },
] as const;
const REASONS_SHOWN = 6;
const CANNOT_TELL = { nothingFound: '没有找到依据', tooClose: '几类相近' } as const;

/** The judgement of an event from its posts, each text once however often it was copied; a person's word stands over it. */
export function sumUpEvent(
  { event, leads, corrections }: EventToSumUp,
  { packs, grading }: SumUpRules,
): FieldProposal[] {
  const posts = leads.flatMap(({ posts: [original] }) => original?.proposals ?? []);
  const byPerson = correctionsInForce(corrections);
  const topics = packs.topics.topics.map(({ code, name }) => ({ value: code, name }));
  const focuses = packs.focus.focuses.map(({ code, name }) => ({ value: code, name }));
  const classes = grading.content.map((row) => ({
    value: row.class,
    name: `${row.class} ${row.name}`,
  }));
  const proposals: readonly Omit<FieldProposal, 'name'>[] = [
    labelField('contentClass', gravest(posts), classes),
    labelField('topic', commonest(posts.map(({ topic }) => topic)), topics),
    {
      ...labelField('sentiment', commonest(posts.map(({ sentiment }) => sentiment)), [
        ...SENTIMENTS,
      ]),
      note: sharesOf(posts),
    },
    labelField('focus', commonest(posts.map(({ focus }) => focus)), focuses),
    mustRespondField(posts),
  ];
  const corrected = proposals.map((one) => overridden(one, byPerson.get(one.field)));
  const valueOf = (field: Correctable) => corrected.find((one) => one.field === field)?.value;
  const unit = findUnit(packs.responsibility.rules, {
    topicCode: TopicCodeSchema.safeParse(valueOf('topic')).data,
    regionCodes: event.regionCodes,
    text: normaliseText([event.title, ...leads.map(({ title }) => title)].join('。')),
    focusCode: FocusCodeSchema.safeParse(valueOf('focus')).data,
    at: event.lastPostAt,
  });
  const { responsibility } = packs;
  const unitField: Omit<FieldProposal, 'name'> = {
    field: 'unit',
    value: unit.leadUnit ?? '',
    valueName: unit.leadUnit ?? '',
    because: unit.reasons.slice(0, REASONS_SHOWN).map((words) => ({ words, weight: 1 })),
    note: [
      unit.assistUnits.length > 0 ? `配合：${unit.assistUnits.join('、')}` : '',
      unit.needsCoordinator ? '几个单位依据相当，须由综合协调指定牵头' : '',
    ]
      .filter((part) => part !== '')
      .join('；'),
    madeBy: `${responsibility.name}@${responsibility.version}`,
    options: [],
  };
  return [...corrected, overridden(unitField, byPerson.get('unit'))].map((one) => ({
    ...one,
    name: FIELD_WORDS[one.field],
  }));
}

function overridden(
  proposal: Omit<FieldProposal, 'name'>,
  correction: Correction | undefined,
): Omit<FieldProposal, 'name'> {
  if (!correction) return proposal;
  const { confidence: _dropped, valueName: _old, ...rest } = proposal;
  const known = proposal.options.find(({ value }) => value === correction.value);
  const name = known?.name ?? (proposal.field === 'unit' ? correction.value : undefined);
  return {
    ...rest,
    value: correction.value,
    ...(name !== undefined && { valueName: name }),
    note: '',
    correction,
  };
}

function labelField(
  field: Correctable,
  found: LabelProposal | undefined,
  options: FieldProposal['options'],
): Omit<FieldProposal, 'name'> {
  const value = found?.value ?? '';
  return {
    field,
    value,
    valueName: options.find((one) => one.value === value)?.name ?? '',
    ...(found?.value !== undefined && { confidence: found.confidence }),
    because: found?.value === undefined ? [] : found.because,
    note: value === '' ? CANNOT_TELL[found?.cannotTell ?? 'nothingFound'] : '',
    madeBy: found?.madeBy ?? '',
    options,
  };
}

/** The label with most confidence added up over the texts, with the words of all that say it. */
function commonest(proposals: readonly LabelProposal[]): LabelProposal | undefined {
  const told = proposals.filter(({ value }) => value !== undefined);
  const sums = [...Map.groupBy(told, ({ value }) => value)].map(([value, of]) => ({
    value,
    of,
    sum: of.reduce((total, { confidence }) => total + confidence, 0),
  }));
  const best = sums.sort((a, b) => b.sum - a.sum)[0];
  if (!best) return proposals[0];
  const all = sums.reduce((total, { sum }) => total + sum, 0);
  const share = best.sum / Math.max(all, Number.EPSILON);
  const mean = best.sum / best.of.length;
  return {
    value: best.value,
    confidence: Math.round(share * mean * 100) / 100,
    because: addedUp(best.of.flatMap(({ because }) => because)),
    madeBy: best.of.at(-1)?.madeBy ?? '',
  };
}

/** As grading does: the gravest class that words of a rule gave; the model's own only where there is none. */
function gravest(posts: readonly PostProposals[]): LabelProposal | undefined {
  const told = posts
    .map(({ contentClass }) => contentClass)
    .filter(({ madeBy, value }) => madeBy === '定级规则' && value !== undefined);
  if (told.length === 0) return commonest(posts.map(({ contentClass }) => contentClass));
  const rank = ({ value }: LabelProposal) => CONTENT_CLASSES.findIndex((one) => one === value);
  const top = Math.max(...told.map(rank));
  const same = told.filter((one) => rank(one) === top);
  const [first] = same;
  return first && { ...first, because: addedUp(same.flatMap(({ because }) => because)) };
}

function mustRespondField(posts: readonly PostProposals[]): Omit<FieldProposal, 'name'> {
  const hints = posts.flatMap(({ mustRespond }) => mustRespond);
  const claims = [
    ...new Set(posts.map(({ claimWords }) => claimWords).filter((one) => one !== '')),
  ];
  return {
    field: 'mustRespond',
    value: [...new Set(hints.map(({ reason }) => reason))].join(','),
    because: addedUp(
      hints.flatMap(({ words }) => words.split('、').map((one) => ({ words: one, weight: 1 }))),
    ),
    note: claims.length > 0 ? `含待核说法（${claims.slice(0, 3).join('、')}），不等于不实` : '',
    madeBy: '',
    options: [],
  };
}

function sharesOf(posts: readonly PostProposals[]): string {
  const count = (value: string) =>
    posts.filter(({ sentiment }) => sentiment.value === value).length;
  const parts = SENTIMENTS.map(({ value, name }) => `${name} ${count(value)}`);
  const unknown = posts.filter(({ sentiment }) => sentiment.value === undefined).length;
  return `${posts.length} 篇不同的文字：${[...parts, `无法判断 ${unknown}`].join('、')}`;
}

function addedUp(because: readonly Because[]): Because[] {
  const sums = new Map<string, number>();
  for (const { words, weight } of because) sums.set(words, (sums.get(words) ?? 0) + weight);
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, REASONS_SHOWN)
    .map(([words, weight]) => ({ words, weight: Math.round(weight * 100) / 100 }));
}
