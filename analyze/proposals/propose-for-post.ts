import type { Segmenter } from '../ports.ts';
import { ContentClassSchema, type ContentClass } from '../grade/grading-pack.ts';
import { createLabelJudge, cutText } from './judge-text.ts';
import type { OpenModels } from './model-version.ts';
import type { LabelProposal, PostProposals } from './proposal.ts';
import type { ProposalPacks } from './proposal-packs.ts';
import { createFocusReader } from './read-focus.ts';

export interface ProposerRules {
  readonly packs: ProposalPacks;
  readonly segmenter: Segmenter;
  readonly models: OpenModels;
}

/** What the grading rules found in a text. */
export interface RuleContent {
  readonly contentClass: ContentClass;
  readonly contentWords: string;
}

export type PostProposer = (text: string, content: RuleContent) => PostProposals;

/** Builds what proposes, for one text, everything a person may confirm or correct. */
export function createPostProposer({ packs, segmenter, models }: ProposerRules): PostProposer {
  const judge = createLabelJudge(packs);
  const readFocus = createFocusReader(packs.focus);
  return (text, content) => {
    const cut = cutText(segmenter, text);
    const { topic, sentiment, contentClass } = models;
    const proposedClass = proposeContent(content, judge('contentClass', cut, contentClass));
    const found = ContentClassSchema.safeParse(proposedClass.value);
    return {
      topic: judge('topic', cut, topic),
      sentiment: judge('sentiment', cut, sentiment),
      contentClass: proposedClass,
      ...readFocus(cut.plain, found.data),
    };
  };
}

/** Words of the rules speak first; only where they find nothing may the model propose, or say it cannot tell. */
export function proposeContent(
  { contentClass, contentWords }: RuleContent,
  byModel: LabelProposal,
): LabelProposal {
  if (contentClass === 'A0') return byModel;
  const because = contentWords.split('、').map((words) => ({ words, weight: 1 }));
  return { value: contentClass, confidence: 0.9, because, madeBy: '定级规则' };
}
