import { MustRespondReasonSchema, type FieldProposal } from '#analyze';
import type { FieldProposalView } from '#contract';
import { MUST_RESPOND_WORDS } from '../words.ts';
import { iso } from './iso.ts';

const MUST_RESPOND_OPTIONS = MustRespondReasonSchema.options.map((value) => ({
  value,
  name: MUST_RESPOND_WORDS[value],
}));

/** One field of the judgement, in words; 应回应情形 takes several values at once. */
export function toFieldProposalView(proposal: FieldProposal): FieldProposalView {
  const { field, name, value, confidence, because, note, madeBy, correction } = proposal;
  const isSeveral = field === 'mustRespond';
  const options = isSeveral ? MUST_RESPOND_OPTIONS : proposal.options;
  const names = value.split(',').flatMap((one) => options.find((o) => o.value === one)?.name ?? []);
  return {
    field,
    name,
    value,
    valueName: proposal.valueName ?? names.join('、'),
    confidence,
    because: because.map((one) => ({ ...one })),
    note,
    madeBy,
    correction: correction && {
      by: correction.by.name,
      at: iso(correction.at),
      reason: correction.reason,
      proposed: correction.proposed,
    },
    options: options.map((one) => ({ ...one })),
    isSeveral,
  };
}
