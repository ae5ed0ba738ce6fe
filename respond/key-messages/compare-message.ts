import {
  compareFigures,
  type KnownFigures,
  type PeopleFigures,
} from '../releases/compare-figures.ts';
import type { Release } from '../releases/release.ts';
import type { KeyMessage } from './key-message.ts';

export interface MessageComparison {
  /** Where the figure stands: 应对口径第2版, 发布稿《…》. */
  readonly where: string;
  readonly words: string;
  readonly says: string;
}

/** Figures that differ between the key message, the releases and the newest credible facts. */
export function compareMessage(
  message: KeyMessage,
  releases: readonly Release[],
  known: readonly KnownFigures[],
  readFigures: (text: string) => PeopleFigures,
): readonly MessageComparison[] {
  const name = `应对口径第${message.version}版`;
  const text = [
    ...message.facts.map(({ text: fact }) => fact),
    message.stance,
    ...message.measures,
    ...message.qa.map(({ answer }) => answer),
  ].join('。');
  const figures = readFigures(text);
  const at = message.approved?.at ?? message.history.at(-1)?.at ?? message.createdAt;
  const asKnown: KnownFigures = { ...figures, at, outlet: name };
  return [
    ...compareFigures(figures, known).map(({ words, says }) => ({ where: name, words, says })),
    ...releases
      .filter(({ state }) => state !== 'withdrawn' && state !== 'corrected')
      .flatMap(({ title, text: said }) =>
        compareFigures(readFigures(said), [asKnown]).map(({ words }) => ({
          where: `发布稿《${title}》`,
          words,
          says: `与${name}的数字不一致，签署前请核对`,
        })),
      ),
  ];
}
