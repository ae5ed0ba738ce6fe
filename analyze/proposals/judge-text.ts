import { normaliseText } from '../text/normalise-text.ts';
import type { Segmenter } from '../ports.ts';
import { createContentVoter } from './content-votes.ts';
import { decideLabel } from './decide-label.ts';
import { hashFeatures } from './hash-features.ts';
import type { HashedText, LinearModel } from './linear-model.ts';
import type { ModelKind } from './model-version.ts';
import type { LabelProposal } from './proposal.ts';
import type { ProposalPacks } from './proposal-packs.ts';
import { createSentimentVoter } from './sentiment-votes.ts';
import { createTopicVoter } from './topic-votes.ts';

/** Only the head of a long text tells what it is about. */
const HEAD_CHARACTERS = 300;

/** A text ready for judging: its words, a mark, then its characters, which carry over to words never seen. */
export interface Cut extends HashedText {
  readonly plain: string;
}

export function cutText(segmenter: Segmenter, text: string): Cut {
  const plain = normaliseText(text).slice(0, HEAD_CHARACTERS);
  const tokens = [...segmenter.cut(plain), '|', ...Array.from(plain)];
  return { plain, tokens, places: hashFeatures(tokens) };
}

export type LabelJudge = (
  kind: ModelKind,
  cut: Cut,
  model: { readonly id: string; readonly model: LinearModel },
) => LabelProposal;

/** The packs whose words stand beside the models. */
export type JudgePacks = Pick<ProposalPacks, 'topics' | 'sentiment' | 'focus'>;

/** Judges one text under one model, with the words of the packs beside it. */
export function createLabelJudge({ topics, sentiment, focus }: JudgePacks): LabelJudge {
  const topicVotes = createTopicVoter(topics);
  const sentimentVotes = createSentimentVoter(sentiment);
  const contentVotes = createContentVoter(focus);
  const byKind = {
    topic: { votes: topicVotes, rules: topics, pack: `${topics.name}@${topics.version}+` },
    sentiment: {
      votes: sentimentVotes,
      rules: sentiment,
      pack: `${sentiment.name}@${sentiment.version}+`,
    },
    contentClass: {
      votes: contentVotes,
      rules: focus.contentModel,
      pack: `${focus.name}@${focus.version}+`,
    },
  };
  return (kind, cut, { id, model }) => {
    const { votes, rules, pack } = byKind[kind];
    const { blend, leastConfidence } = rules;
    return decideLabel(cut, votes(cut.plain), model, {
      blend,
      leastConfidence,
      madeBy: `${pack}${id}`,
    });
  };
}
