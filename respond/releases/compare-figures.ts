import { beijingMinute } from '#core';
import { hit, type TextHit } from './check-text.ts';

const KIND_NAMES = {
  dead: '死亡',
  injured: '受伤',
  missing: '失联',
  evacuated: '转移',
} as const;
type Kind = keyof typeof KIND_NAMES;

/** People, by what befell them. */
export type PeopleFigures = { readonly [Name in Kind]?: number | undefined };

/** The newest figures that a credible record told of the event. */
export interface KnownFigures extends PeopleFigures {
  readonly at: Date;
  readonly outlet: string;
}

/** Figures of a text that are not those last reported; either may be the right one, so nobody is held up by it. */
export function compareFigures(
  ofText: PeopleFigures,
  known: readonly KnownFigures[],
): readonly TextHit[] {
  return (Object.keys(KIND_NAMES) as Kind[]).flatMap((kind) => {
    const newest = known.findLast((one) => one[kind] !== undefined);
    const [written, reported] = [ofText[kind], newest?.[kind]];
    if (!newest || written === undefined || written === reported) return [];
    const name = KIND_NAMES[kind];
    const source = `${newest.outlet}，${beijingMinute(newest.at)}`;
    const says = `记录中最新的可信数字是${name}${reported}人（${source}），请核对`;
    return [hit('figure', `${name}${written}人`, says, false)];
  });
}
