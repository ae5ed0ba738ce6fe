import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { BurstMeter, type BurstPack } from '#analyze';
import { readRulePack } from './rule-packs.ts';
import { nabScore, probationOf, rawScore, type LabelledSeries } from './nab-score.ts';
import type { Failure, Judge } from './part.ts';

const NAME = '异动';
const ASKED_SCORE = 65;
const FOLDER = 'bursts/nab';

const WindowsSchema = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

/** NAB's standard score of the burst meter, value by value, one setting for all series. */
export const judgeBursts: Judge = async (folder) => {
  if (folder === undefined) return [{ name: NAME, skipped: '没有设 HUIYING_DATA' }];
  const series = readSeries(join(folder, FOLDER));
  const rule = readRulePack('bursts');
  const scores = series.map((one) => onsetScores(one, rule));
  const threshold = rule.burst.leastScore;
  const total = nabScore(series, scores, threshold);
  const half = (rest: number): string => {
    const chosen = series.flatMap((one, index) => (index % 2 === rest ? [{ one, index }] : []));
    const score = nabScore(
      chosen.map(({ one }) => one),
      chosen.map(({ index }) => scores[index] ?? []),
      threshold,
    );
    return score.toFixed(1);
  };
  const windows = series.reduce((sum, one) => sum + one.windows.length, 0);
  return [
    {
      name: NAME,
      data: `NAB ${series.length} 条序列、${windows} 个标注窗口（公开数据）；逐值前进，不看后文，一套数值；数值就是在这些序列上选的，两半各自的分数供对照`,
      measures: [
        {
          what: 'NAB 标准分',
          measured: total.toFixed(1),
          asked: `≥ ${ASKED_SCORE}`,
          isMet: total >= ASKED_SCORE,
        },
        { what: '单数序列 / 双数序列', measured: `${half(0)} / ${half(1)}` },
      ],
      failures: series.flatMap((one, index) => failuresOf(one, scores[index] ?? [], threshold)),
    },
  ];
};

function onsetScores({ at, values }: LabelledSeries, rule: BurstPack): number[] {
  const meter = new BurstMeter(rule, 'gauge');
  return values.map((value, row) => {
    const measured = meter.add(at[row] ?? new Date(0), value);
    return measured.isOnset ? measured.score : 0;
  });
}

function failuresOf(one: LabelledSeries, scores: readonly number[], least: number): Failure[] {
  const told = scores.flatMap((score, row) =>
    score >= least && row >= probationOf(scores.length) ? [row] : [],
  );
  const missed = one.windows.filter(
    ([first, last]) => !told.some((row) => row >= first && row <= last),
  );
  const wrong = told.filter((row) => !one.windows.some(([a, b]) => row >= a && row <= b));
  if (missed.length === 0 && wrong.length === 0) return [];
  return [
    {
      expected: `${one.windows.length} 个窗口`,
      got: `漏 ${missed.length} 个，多报 ${wrong.length} 次，得分 ${rawScore(one, scores, least).toFixed(2)}`,
      text: one.name,
    },
  ];
}

function readSeries(folder: string): LabelledSeries[] {
  const labelled = WindowsSchema.parse(
    JSON.parse(readFileSync(join(folder, 'windows.json'), 'utf8')),
  );
  return Object.entries(labelled).flatMap(([name, windows]) => {
    const [kind = '', file = ''] = name.split('/');
    if (
      !foldersIn(folder).includes(kind) ||
      !readdirSync(join(folder, kind)).includes(`${file}.gz`)
    ) {
      return [];
    }
    const rows = gunzipSync(readFileSync(join(folder, `${name}.gz`)))
      .toString()
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    const at = rows.map(([written = '']) => momentOf(written));
    const rowsOf = ([from, to]: [string, string]): [number, number] => [
      at.findIndex((moment) => moment >= momentOf(from)),
      at.findLastIndex((moment) => moment <= momentOf(to)),
    ];
    return {
      name,
      at,
      values: rows.map(([, value]) => Number(value)),
      windows: windows.map(rowsOf),
    };
  });
}

const foldersIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const momentOf = (written: string): Date => new Date(`${written.slice(0, 19).replace(' ', 'T')}Z`);
