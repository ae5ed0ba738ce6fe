import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rulesInForce } from '#alert';
import { SourceSchema, type Source } from '#ingest';
import { WatchSchema } from '#analyze';
import { readPacks, readSources } from '../../config/packs.ts';
import { packPath } from '../../config/paths.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { tempFile } from '../support/temp-folder.ts';

const defaults = SettingsSchema.parse({});
const allShipped = { sources: { packs: ['sources', 'sources-provincial'], own: [] } };
const shipped = (name: string): string => readFileSync(packPath(name), 'utf8');

const aSource = (more: Partial<Source> = {}): Source =>
  SourceSchema.parse({
    id: 'linjiang-news',
    name: '霖江新闻网',
    kind: 'portal',
    inputPath: 'rss',
    mediaTier: 'M3',
    url: 'https://news.linjiang.test/rss.xml',
    reader: { kind: 'feed' },
    ...more,
  });

describe('the packs that ship', () => {
  test('can all be used, and say their name and version', () => {
    for (const { name, version } of Object.values(readPacks(defaults))) {
      expect([name, version]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
    }
  });

  test('give every limit its basis, and say national rule only where a national paper is named', () => {
    const { rules } = readPacks(defaults).countdowns;
    expect(rules.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['AUTH_RELEASE_5H', 'PRESS_24H', 'RESPONSE_48H', 'GRADE_CONFIRM']),
    );
    for (const { code, basis } of rules) {
      expect([code, basis]).toEqual([
        code,
        expect.stringMatching(
          /^(国办规定时限：国办发〔\d{4}〕\d+号，.+|上级文件要求：.+|产品默认：.+)$/,
        ),
      ]);
    }
  });

  test('say of every source where its address was seen and why it may be read', () => {
    const sources = readSources(allShipped);
    expect(sources.length).toBeGreaterThan(10);
    for (const { id, seenAt, lawfulNote } of sources) {
      expect([id, seenAt, lawfulNote]).toEqual([
        id,
        expect.stringMatching(/.{5,}/),
        expect.stringMatching(/.{5,}/),
      ]);
    }
  });

  test('ask no source more often than once in five minutes, nor faster than its manners allow', () => {
    for (const { id, pollEveryMs, requestGapMs } of readSources(allShipped)) {
      expect([id, pollEveryMs >= 300_000, requestGapMs >= 5_000]).toEqual([id, true, true]);
    }
  });
});

describe('an office of its own', () => {
  test('puts its own pack in the place of the one that ships, by path', () => {
    const path = tempFile(
      'ours.yaml',
      shipped('countdowns')
        .replace('name: default-countdowns', 'name: linjiang-countdowns')
        .replaceAll('L3: 7200000', 'L3: 3600000'),
    );
    const { countdowns, ladders } = readPacks({ rules: { ...defaults.rules, countdowns: path } });
    expect(countdowns.name).toBe('linjiang-countdowns');
    const confirm = countdowns.rules.find(({ code }) => code === 'GRADE_CONFIRM');
    expect(confirm?.durationMs).toMatchObject({ L2: 1_800_000, L3: 3_600_000 });
    expect(ladders).toEqual(readPacks(defaults).ladders);
  });

  const own = (lines: string): string =>
    tempFile(
      'ours.yaml',
      `name: linjiang\nversion: '3'\nrules:\n  - code: AUTH_RELEASE_5H\n    name: 3小时发布
    basis: 霖江市规定\n    isStatutory: true\n    validFrom: '2026-01-01'\n    appliesTo: triggered
    startsFrom: triggeredAt\n    calendar: hours24x7\n    isCancelledByLowering: true\n    priority: 0\n${lines}`,
    );
  const withOwn = (lines: string) =>
    readPacks({ rules: { ...defaults.rules, localCountdowns: own(lines) } }).countdowns;

  test('tightens a limit of a paper by code, from its own day on', () => {
    const pack = withOwn('    durationMs: { default: 10800000 }\n    satisfiedBy: [release]');
    const fiveOf = (day: string) =>
      rulesInForce(pack, new Date(day)).find(({ code }) => code === 'AUTH_RELEASE_5H');
    expect(fiveOf('2026-03-01')).toMatchObject({ name: '3小时发布', ruleVersion: 'linjiang 3' });
    expect(fiveOf('2025-12-31T15:59:00Z')).toMatchObject({ name: '5小时发布' });
  });

  test('cannot loosen it, and is told in which way it tried', () => {
    const lines =
      '    durationMs: { default: 21600000 }\n    satisfiedBy: [release, pressConference]';
    expect(() => withOwn(lines)).toThrow(/时长只能更短[^]*不能放宽由什么满足/);
    expect(() => withOwn('    durationMs: { L3: 1 }\n    satisfiedBy: [release]')).toThrow(
      '时长只能更短',
    );
  });

  test('is told the line of its pack that is wrong, and the right word', () => {
    const text = shipped('countdowns');
    const line = 1 + text.split('\n').findIndex((one) => one.includes('isCancelledByLowering'));
    const path = tempFile(
      'ours.yaml',
      text.replace('isCancelledByLowering', 'isCanceledByLowering'),
    );
    expect(() => readPacks({ rules: { ...defaults.rules, countdowns: path } })).toThrow(
      `${path}:${line}:5 rules.0.isCanceledByLowering：没有这个设置，是不是想写 isCancelledByLowering？`,
    );
  });

  test('is told the name of a pack that does not exist', () => {
    expect(() => readPacks({ rules: { ...defaults.rules, grading: 'gradings' } })).toThrow(
      'gradings: 读不到这个文件',
    );
    expect(() => readSources({ sources: { packs: ['nowhere'], own: [] } })).toThrow(
      'nowhere: 读不到这个文件',
    );
  });

  test('adds sources to those of a pack, and its own takes the place of one with the same id', () => {
    const [first, ...others] = readSources(defaults);
    const replacing = aSource({ id: first!.id, name: '换成我们的' });
    const added = aSource();
    const sources = readSources({ sources: { packs: ['sources'], own: [replacing, added] } });
    expect(sources).toEqual([replacing, ...others, added]);
  });

  test('does without the sources that ship by naming no pack', () => {
    expect(readSources({ sources: { packs: [], own: [aSource()] } })).toEqual([aSource()]);
  });

  test('a watch that listens to what is no source is refused in words', () => {
    const sources = { packs: [], own: [aSource()] };
    const watch = (named: string) =>
      WatchSchema.parse({ id: 'water', name: '供水', matters: ['停水'], sources: [named] });
    expect(() => readSources({ sources, watches: [watch('no-such')] })).toThrow(
      /监测方案 water 的 sources 里，“no-such” 不是任何信息源/,
    );
    expect(readSources({ sources, watches: [watch(aSource().id)] })).toHaveLength(1);
  });
});
