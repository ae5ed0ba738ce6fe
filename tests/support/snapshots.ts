import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { SnapshotPackSchema, type PageSnapshot } from '#respond';
import { NOON } from './posts.ts';

/** The pack that ships, as the product reads it. */
export const snapshotPack = SnapshotPackSchema.parse(
  parse(readFileSync(new URL('../../config/packs/snapshots.yaml', import.meta.url), 'utf8')),
);

export const APPROVED = {
  title: '关于江北区部分小区停水的情况说明',
  text: [
    '11月24日7时许，江北区供水主管破裂，约2万户居民用水受到影响。',
    '市水务局已组织三支抢修队连夜抢修，并安排12台送水车到小区送水。',
    '预计11月25日6时前恢复供水。进展情况将于今晚20时再次公布。',
  ].join('\n'),
};

/** A page as government sites make them: menu, article, a foot. */
export const aPage = (
  { title, text }: { title: string; text: string },
  foot = '网站标识码',
): string =>
  `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>${title}_临江市水务局</title>
  <meta name="ArticleTitle" content="${title}"></head><body>
  <div class="nav"><a href="/">首页</a><a href="/a">政务公开</a><a href="/b">互动交流</a></div>
  <h1>${title}</h1><div class="content">${text
    .split('\n')
    .map((line) => `<p>　　${line}</p>`)
    .join('')}</div><div class="footer">${foot}</div></body></html>`;

/** One that waits for its first look. */
export const aSnapshot = (more: Partial<PageSnapshot> = {}): PageSnapshot => ({
  id: 'entry-1',
  revision: 1,
  effects: [],
  eventId: 'event-1',
  isDrill: false,
  history: [],
  createdAt: NOON,
  releaseId: 'release-1',
  link: 'https://www.linjiang.test/2026/1124.html',
  approvedTitle: APPROVED.title,
  approvedText: APPROVED.text,
  state: 'awaited',
  failures: 0,
  dueAt: NOON,
  versions: [],
  ...more,
});
