import { readFileSync } from 'node:fs';
import { openSegmenter } from '../../analyze/adapters/open-segmenter.ts';
import { createFactReader } from '../../analyze/facts/read-facts.ts';
import { createLabelJudge, cutText } from '../../analyze/proposals/judge-text.ts';
import { macroF1, type Judged } from '../../analyze/proposals/macro-f1.ts';
import type { ModelKind } from '../../analyze/proposals/model-version.ts';
import { proposeContent } from '../../analyze/proposals/propose-for-post.ts';
import { createFocusReader } from '../../analyze/proposals/read-focus.ts';
import { TRAINING_PLAN } from '../../analyze/proposals/train-version.ts';
import { trainLinear } from '../../analyze/proposals/train-linear.ts';
import { normaliseText } from '../../analyze/text/normalise-text.ts';
import type { LinearModel } from '../../analyze/proposals/linear-model.ts';
import { ContentClassSchema } from '../../analyze/grade/grading-pack.ts';
import { readPacks } from '../../config/packs.ts';
import { SettingsSchema } from '../../config/settings.ts';
import type { Failure, Judge, JudgePart, Measure } from './part.ts';

/**
 * 诉求类别、情感、内容类别、关注类别 on labelled texts written for this project before the rules, by one hand
 * (tests/fixtures/judge/README.md). Open: five-fold cross-validation; unseen: the model trained on the open ones.
 */
interface Row {
  readonly text: string;
  readonly split: 'open' | 'unseen';
  readonly topic?: string | null;
  readonly sentiment?: string;
  readonly contentClass?: string;
  readonly focus?: string | null;
  readonly mustRespond?: readonly string[];
  readonly isClaim?: boolean;
}
type Half = Row['split'];
interface JudgedRow extends Judged {
  readonly row: Row;
}

const FOLDS = 5;
/** The texts are of no day; only times within them would need one. */
const NOW = new Date('2026-03-02T04:00:00Z');
const HALVES: readonly (readonly [Half, string])[] = [
  ['open', '公开（五折交叉验证）'],
  ['unseen', '未见'],
];
const packs = readPacks(SettingsSchema.parse({}));

function read(name: string): Row[] {
  const file = new URL(`../../tests/fixtures/judge/${name}.jsonl`, import.meta.url);
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}

type Answer = (kind: ModelKind, row: Row, model: LinearModel) => string | undefined;

/** Every row with what a model that never saw it answers. */
async function judgeRows(kind: ModelKind, rows: readonly Row[], answer: Answer) {
  const segmenter = await openSegmenter();
  const labelled = rows.flatMap((row) => {
    const label = row[kind];
    return label ? [{ ...cutText(segmenter, row.text), label, row }] : [];
  });
  const open = labelled.filter(({ row }) => row.split === 'open');
  const judge = ({ row, label }: (typeof labelled)[number], model: LinearModel): JudgedRow => ({
    row,
    label,
    got: answer(kind, row, model),
  });
  const judged = Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const model = trainLinear(
      open.filter((_, index) => index % FOLDS !== fold),
      TRAINING_PLAN,
    );
    return open.filter((_, index) => index % FOLDS === fold).map((one) => judge(one, model));
  });
  const whole = trainLinear(open, TRAINING_PLAN);
  const unseen = labelled.filter(({ row }) => row.split === 'unseen');
  return { judged: [...judged, ...unseen.map((one) => judge(one, whole))], whole };
}

const halfOf = (judged: readonly JudgedRow[], half: Half): JudgedRow[] =>
  judged.filter(({ row }) => row.split === half);

/** Failures of the open half only: the other half is not for reading. */
const failuresOf = (judged: readonly JudgedRow[]): Failure[] =>
  halfOf(judged, 'open')
    .filter(({ label, got }) => label !== got)
    .map(({ label, got, row }) => ({ expected: label, got: got ?? '无法判断', text: row.text }));

function f1Measures(judged: readonly JudgedRow[], asked?: number): Measure[] {
  return HALVES.map(([half, words]) => {
    const f1 = macroF1(halfOf(judged, half));
    return {
      what: `宏 F1，${words}`,
      measured: f1.toFixed(3),
      ...(asked !== undefined && { asked: `≥ ${asked.toFixed(2)}`, isMet: f1 >= asked }),
    };
  });
}

const percent = (part: number, of: number): string =>
  `${((100 * part) / Math.max(1, of)).toFixed(1)} %`;

function told(judged: readonly JudgedRow[]): Measure {
  const silent = judged.filter(({ got }) => got === undefined).length;
  return { what: '答“无法判断”（按错计）', measured: percent(silent, judged.length) };
}

async function createAnswer(): Promise<Answer> {
  const segmenter = await openSegmenter();
  const judge = createLabelJudge(packs);
  const readFacts = createFactReader(packs.grading, packs.facts);
  return (kind, row, model) => {
    const proposal = judge(kind, cutText(segmenter, row.text), { id: kind, model });
    if (kind !== 'contentClass') return proposal.value;
    return proposeContent(readFacts(normaliseText(row.text), NOW), proposal).value;
  };
}

async function judgeTopics(answer: Answer): Promise<JudgePart> {
  const rows = read('messages');
  const { judged, whole } = await judgeRows('topic', rows, answer);
  const others = rows.filter(({ topic }) => topic === null);
  const left = others.filter((row) => answer('topic', row, whole) === undefined).length;
  return {
    name: '诉求类别',
    data: `${judged.length} 条自写来件，七类各 50 条；另 ${others.length} 条不属七类`,
    measures: [
      ...f1Measures(judged, 0.8),
      told(judged),
      { what: '不属七类而不归类', measured: percent(left, others.length) },
    ],
    failures: failuresOf(judged),
  };
}

async function judgeSentiment(answer: Answer): Promise<JudgePart> {
  const { judged } = await judgeRows('sentiment', read('sentiment'), answer);
  return {
    name: '情感',
    data: `${judged.length} 条自写微博式短文，三档各 180 条，含反话、表情词、褒贬相杂`,
    measures: [...f1Measures(judged, 0.7), told(judged)],
    failures: failuresOf(judged),
  };
}

async function judgeContent(answer: Answer): Promise<readonly JudgePart[]> {
  const rows = read('content-class');
  const { judged } = await judgeRows('contentClass', rows, answer);
  const readFacts = createFactReader(packs.grading, packs.facts);
  const byRules = judged.map(({ row, label }) => ({
    row,
    label,
    got: readFacts(normaliseText(row.text), NOW).contentClass,
  }));
  const ruleMeasures = f1Measures(byRules).map((one) => ({
    ...one,
    what: `只用定级词表，${one.what}`,
  }));
  const readFocus = createFocusReader(packs.focus);
  const focused = judged.map(({ row, got }) => {
    const contentClass = ContentClassSchema.safeParse(got).data;
    return { row, ...readFocus(row.text, contentClass) };
  });
  const focusJudged: JudgedRow[] = focused.map(({ row, focus }) => ({
    row,
    label: row.focus ?? '无',
    got: focus.value ?? '无',
  }));
  const pairs = focused.flatMap(({ row, mustRespond }) => {
    const got = mustRespond.map(({ reason }): string => reason);
    const wanted = row.mustRespond ?? [];
    const all = [...new Set([...got, ...wanted])];
    return all.map((one) => ({ row, isGot: got.includes(one), isWanted: wanted.includes(one) }));
  });
  const claims = focused.map(({ row, claimWords }) => ({
    row,
    isGot: claimWords !== '',
    isWanted: row.isClaim === true,
  }));
  const made = `${rows.length} 条自写短文`;
  return [
    {
      name: '内容类别',
      data: `${made}，A0–A7 各 16–21 条；词表先行，词表无所得才由模型建议`,
      measures: [...f1Measures(judged), ...ruleMeasures, told(judged)],
      failures: failuresOf(judged),
    },
    {
      name: '关注类别',
      data: `${made}，六类收集重点与“无”；内容类别用上一项所答`,
      measures: [
        ...f1Measures(focusJudged),
        ...hintMeasures('应回应情形提示', pairs),
        ...hintMeasures('待核说法提示', claims),
      ],
      failures: failuresOf(focusJudged),
    },
  ];
}

type Hint = { readonly row: Row; readonly isGot: boolean; readonly isWanted: boolean };

function hintMeasures(what: string, hints: readonly Hint[]): Measure[] {
  return HALVES.map(([half, words]) => {
    const some = hints.filter(({ row }) => row.split === half);
    const right = some.filter(({ isGot, isWanted }) => isGot && isWanted).length;
    const got = some.filter(({ isGot }) => isGot).length;
    const wanted = some.filter(({ isWanted }) => isWanted).length;
    return {
      what: `${what}，${words.replace(/（.*/, '')}：查准 / 查全`,
      measured: `${percent(right, got)} / ${percent(right, wanted)}`,
    };
  });
}

export const judgeProposals: Judge = async () => {
  const answer = await createAnswer();
  return [await judgeTopics(answer), await judgeSentiment(answer), ...(await judgeContent(answer))];
};
