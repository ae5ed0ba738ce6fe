import { says, type ReportModel, type Sentence } from '../model.ts';

/** How a draft stands that nobody has changed. */
export const MACHINE_DRAFT = '机器拟稿，未经人工审核';

interface Tally {
  readonly name: string;
  changed: number;
  added: number;
  leftOut: number;
}

/** Who changed how much of what the machine drafted, in the order of the text. */
function talliesOf({
  blocks,
  leftOut = [],
}: Pick<ReportModel, 'blocks' | 'leftOut'>): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, Tally>();
  const of = ({ personId, name }: { readonly personId: string; readonly name: string }): Tally => {
    const tally = tallies.get(personId) ?? { name, changed: 0, added: 0, leftOut: 0 };
    tallies.set(personId, tally);
    return tally;
  };
  for (const { byPerson } of sentencesOf(blocks)) {
    if (!byPerson) continue;
    if (byPerson.original) of(byPerson).changed += 1;
    else of(byPerson).added += 1;
  }
  for (const one of leftOut) of(one).leftOut += 1;
  return tallies;
}

const sentencesOf = (blocks: ReportModel['blocks']): Sentence[] =>
  blocks.flatMap((block) => (block.kind === 'paragraph' ? block.sentences : []));

/** 陆柏舟修改2句、补写1句、删去1句; empty where all is the machine's. */
export const editsInWords = (model: Pick<ReportModel, 'blocks' | 'leftOut'>): string =>
  [...talliesOf(model).values()]
    .map(({ name, changed, added, leftOut }) => {
      const parts = [
        ...(changed > 0 ? [`修改${changed}句`] : []),
        ...(added > 0 ? [`补写${added}句`] : []),
        ...(leftOut > 0 ? [`删去${leftOut}句`] : []),
      ];
      return `${name}${parts.join('、')}`;
    })
    .join('，');

/** Who changed what the machine drafted, for the line beside 审核 and 签发; empty where nobody did. */
export const editorsInWords = (model: Pick<ReportModel, 'blocks' | 'leftOut'>): string[] => {
  const names = [...talliesOf(model).values()].map(({ name }) => name);
  return names.length > 0 ? [`机器拟稿，${names.join('、')}修改`] : [];
};

/** The model with standing and data note as its text has them: how a person's words can be told from the machine's. */
export function withEditsTold(model: ReportModel): ReportModel {
  const told = model.dataNote.filter(({ cites }) => !cites.every(isPerson));
  const words = editsInWords(model);
  if (words === '') return { ...model, standing: [MACHINE_DRAFT], dataNote: told };
  const cites = [...talliesOf(model).keys()].map((id) => `person:${id}`);
  const hasOwnWords = sentencesOf(model.blocks).some(({ byPerson }) => byPerson);
  const mark = hasOwnWords
    ? `正文中带点线的句子（纯文本中以［］括起）是人写的：${words}；其余为机器拟稿。`
    : `正文为机器拟稿，${words}。`;
  return {
    ...model,
    standing: [`机器拟稿，${words}，未经审核`],
    dataNote: [...told, says(mark, cites)],
  };
}

const isPerson = (cite: string): boolean => cite.startsWith('person:');
