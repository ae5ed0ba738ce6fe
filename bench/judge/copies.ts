import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { z } from 'zod';
import { GroupingPackSchema } from '#analyze';
import { compareCopies } from '../../analyze/copies/compare-copies.ts';
import { CopyIndex } from '../../analyze/copies/copy-index.ts';
import { createCopyProbeReader, type CopyProbe } from '../../analyze/copies/copy-probe.ts';
import { normaliseText } from '../../analyze/text/normalise-text.ts';
import { BULLETIN_TEMPLATES, makeBulletins } from '../support/bulletins.ts';
import { COPY_EDITS } from '../support/copy-edits.ts';
import { seeded } from '../support/texts.ts';
import type { Failure, Judge, JudgePart, Measure } from './part.ts';

const packFile = new URL('../../config/packs/grouping.yaml', import.meta.url);
const rule = GroupingPackSchema.parse(parse(readFileSync(packFile, 'utf8'))).copies;
const read = createCopyProbeReader(rule);
const probeOf = (text: string): CopyProbe => read(normaliseText(text));

const MOST_BASES = 2_000;
const RANDOM_PAIRS = 1_000_000;
const MOST_FALSE_OF_10000 = 1;
const MOST_MERGED_UPDATES = 0.03;
const SHOWN_FAILURES = 3;
/** A post says something of its own from about here on. */
const SHORT_POST = { from: 60, to: 200 } as const;
const ARTICLE_CHARACTERS = 500;

const percent = (ratio: number): string => `${(100 * ratio).toFixed(1)} %`;

/**
 * How surely copies are found again, and nothing else. Short posts are briefs and posts of the open data, each
 * once; articles are such briefs of different topics joined until they have 500 characters, for the open data
 * holds no articles in number. Each is edited by seed as outlets and people do (bench/support/copy-edits.ts) and
 * looked up among all originals. Bulletins (bench/support/bulletins.ts) are our own.
 */
export const judgeCopies: Judge = async (folder) => {
  const bulletins = judgeBulletins();
  if (folder === undefined) {
    return [
      bulletins,
      { name: '同文（开放数据）', skipped: '没有设置 HUIYING_DATA：短文与长文的召回没有测' },
    ];
  }
  const briefs = readBriefs(folder);
  const posts = [...briefs, ...readTaggedPosts(folder)].filter(
    ({ length }) => length >= SHORT_POST.from && length <= SHORT_POST.to,
  );
  return [
    judgeRecall('同文：短文', '微博热点简介与微博（60 至 200 字）', shuffled(posts, 1)),
    judgeRecall('同文：长文', '不同话题的热点简介连成约 500 字', articlesOf(shuffled(briefs, 2))),
    bulletins,
  ];
};

/** Every edit of every original, looked up among all originals; and pairs of different origin. */
function judgeRecall(name: string, made: string, texts: readonly string[]): JudgePart {
  const random = seeded(7);
  const index = new CopyIndex(rule);
  const bases: { readonly id: string; readonly text: string; readonly probe: CopyProbe }[] = [];
  const joined: Failure[] = [];
  for (const [number, text] of texts.entries()) {
    if (bases.length === MOST_BASES) break;
    const probe = probeOf(text);
    const found = index.find(probe);
    const id = String(number);
    if (found) {
      // Editors re-use their briefs: what is a copy before any edit is no base, and is shown to be read.
      joined.push({
        expected: '另一篇',
        got: found.decision.relation,
        text: `${text} ⇔ ${texts[Number(found.id)] ?? ''}`,
      });
      continue;
    }
    index.add({ ...probe, id, sourceId: id, firstSeenAt: new Date(0) });
    bases.push({ id, text, probe });
  }
  const failures: Failure[] = [];
  const measures: Measure[] = COPY_EDITS.map(({ name: edit, least, edit: change }) => {
    const missed = bases.filter(({ id, text }, number) => {
      const other = bases[(number + 1 + Math.floor(random() * (bases.length - 1))) % bases.length];
      const edited = change(text, { other: other?.text ?? '', random });
      const found = index.find(probeOf(edited));
      const isFound =
        found !== undefined &&
        found.decision.relation !== 'update' &&
        // Of a text pasted into another one either is right.
        (found.id === id || found.id === (change.length > 1 ? other?.id : id));
      if (!isFound && failures.length < SHOWN_FAILURES * COPY_EDITS.length) {
        failures.push({
          expected: `${edit}：同文`,
          got: found?.decision.relation ?? '无',
          text: `${text} ⇒ ${edited}`,
        });
      }
      return !isFound;
    });
    const recall = 1 - missed.length / bases.length;
    return {
      what: `召回：${edit}`,
      measured: percent(recall),
      asked: `≥ ${100 * least} %`,
      isMet: recall >= least,
    };
  });
  const { count, failures: wrong } = falsePairs(bases, random);
  const of10000 = (10_000 * count) / RANDOM_PAIRS;
  measures.push({
    what: `不同来历的两篇误作同文（随机 ${RANDOM_PAIRS / 10_000} 万对）`,
    measured: `每万对 ${of10000.toFixed(2)}`,
    asked: `≤ ${MOST_FALSE_OF_10000}`,
    isMet: of10000 <= MOST_FALSE_OF_10000,
  });
  measures.push({
    what: '未经改动就并入另一篇的（编辑重用的简介，见样例）',
    measured: `${joined.length} / ${joined.length + bases.length}`,
  });
  return {
    name,
    data: `${made}，${bases.length} 篇，按固定种子改动`,
    measures,
    failures: [...failures, ...wrong, ...joined.slice(0, SHOWN_FAILURES)],
  };
}

function falsePairs(
  bases: readonly { readonly text: string; readonly probe: CopyProbe }[],
  random: () => number,
): { readonly count: number; readonly failures: readonly Failure[] } {
  let count = 0;
  const failures: Failure[] = [];
  for (let pair = 0; pair < RANDOM_PAIRS; pair += 1) {
    const first = Math.floor(random() * bases.length);
    const apart = 1 + Math.floor(random() * (bases.length - 1));
    const [a, b] = [bases[first], bases[(first + apart) % bases.length]];
    if (!a || !b) continue;
    const { relation } = compareCopies(a.probe, b.probe, rule);
    if (relation === 'none' || relation === 'update') continue;
    count += 1;
    if (failures.length < SHOWN_FAILURES) {
      failures.push({ expected: '无', got: relation, text: `${a.text} ⇔ ${b.text}` });
    }
  }
  return { count, failures };
}

/** Bulletins on one template, in order of issue: each is news, none a copy. And their copies are found. */
function judgeBulletins(): JudgePart {
  const PER_TEMPLATE = 60;
  const failures: Failure[] = [];
  const measures: Measure[] = [];
  for (const [split, seed] of [
    ['调参所用', 11],
    ['未见过', 13],
  ] as const) {
    const issued = makeBulletins(seed, PER_TEMPLATE);
    const index = new CopyIndex(rule);
    let merged = 0;
    let linked = 0;
    for (const [number, { text, template }] of issued.entries()) {
      const probe = probeOf(text);
      const found = index.find(probe);
      if (found?.decision.relation === 'update') linked += 1;
      else if (found) {
        merged += 1;
        if (failures.length < 2 * SHOWN_FAILURES && split === '调参所用') {
          failures.push({
            expected: `${template}：更新`,
            got: found.decision.relation,
            text: `${text} ⇔ ${issued[Number(found.id)]?.text ?? ''}`,
          });
        }
      }
      index.add({
        ...probe,
        id: String(number),
        sourceId: String(number),
        firstSeenAt: new Date(0),
      });
    }
    const copies = issued.filter(({ text }) => {
      const relation = index.find(probeOf(`【转发】${text}`))?.decision.relation;
      return relation === 'copy' || relation === 'compilation';
    });
    const news = issued.length - BULLETIN_TEMPLATES.length;
    measures.push(
      {
        what: `同模板的新通报误作同文（${split}）`,
        measured: percent(merged / news),
        asked: `≤ ${100 * MOST_MERGED_UPDATES} %`,
        isMet: merged / news <= MOST_MERGED_UPDATES,
      },
      {
        what: `这些通报加前缀的转载，找到的（${split}）`,
        measured: percent(copies.length / issued.length),
        asked: '≥ 99 %',
        isMet: copies.length >= 0.99 * issued.length,
      },
      { what: `其中认出是更新的（${split}）`, measured: percent(linked / news) },
    );
  }
  return {
    name: '同文：同模板的通报',
    data: `自拟 ${BULLETIN_TEMPLATES.length} 种通报各 ${PER_TEMPLATE} 期，地名、日期、数字按种子随机`,
    measures,
    failures,
  };
}

const BriefRow = z.object({ description: z.string().nullish() });

function readBriefs(folder: string): string[] {
  const files = ['03', '04', '05'].map((month) => `days-2025-${month}.jsonl.gz`);
  const briefs = files.flatMap((file) =>
    gunzipSync(readFileSync(join(folder, 'weibo-hot', file)))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => BriefRow.parse(JSON.parse(line)).description ?? ''),
  );
  return [...new Set(briefs)].filter((brief) => brief !== '');
}

/** The posts come cut into words; a space between Latin words is lost with the others. */
function readTaggedPosts(folder: string): string[] {
  const text = readFileSync(join(folder, 'weibo-tags', 'valid_src.txt'), 'utf8');
  return [...new Set(text.split('\n').map((line) => line.replaceAll(' ', '')))];
}

function articlesOf(briefs: readonly string[]): string[] {
  const articles: string[] = [];
  let article = '';
  for (const brief of briefs) {
    article += `${brief}\n`;
    if (article.length < ARTICLE_CHARACTERS) continue;
    articles.push(article);
    article = '';
  }
  return articles;
}

function shuffled(texts: readonly string[], seed: number): string[] {
  const random = seeded(seed);
  return texts
    .map((text) => [random(), text] as const)
    .sort(([a], [b]) => a - b)
    .map(([, text]) => text);
}
