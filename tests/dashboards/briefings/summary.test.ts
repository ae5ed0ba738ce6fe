import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { StoredPost } from '#analyze';
import { buildSpecial, citesOf, type EventFile } from '#briefings';
import { aLead } from '../../support/events.ts';
import { reportPack } from '../../support/packs.ts';
import { aPost, minutesAfter, NOON } from '../../support/posts.ts';
import { sectionText } from '../../support/read-model.ts';
import {
  aDossier,
  aFile,
  aTonedPost,
  CLOSING,
  imprint,
  someRecords,
} from '../../support/reports.ts';

/** Sixty small matters with what a person marked as their points. */
const MATTERS = z
  .array(
    z.object({
      texts: z.array(
        z.tuple([z.enum(['m', 'p']), z.enum(['-', '0', '+']).or(z.literal(0)), z.string()]),
      ),
      points: z.array(z.string()).min(1),
    }),
  )
  .parse(
    parse(readFileSync(new URL('../../fixtures/summary/events.yaml', import.meta.url), 'utf8')),
  );

const TONES = { '-': 'negative', '0': 'neutral', '+': 'positive' } as const;
const titleOf = (text: string): string => text.split(/[。！？，]/u)[0] ?? text;

function reportOn({ texts }: (typeof MATTERS)[number], number: number) {
  const posts = texts.map(([who, tone, text], index) => {
    const id = `p-${number}-${index}`;
    const at = minutesAfter(index);
    const post = aTonedPost(TONES[`${tone}`], {
      postId: id,
      title: titleOf(text),
      outlet: who === 'm' ? `第${index}家报纸` : `网民${index}`,
      outletKind: who === 'm' ? 'institution' : 'individual',
      publishedAt: at,
      fetchedAt: at,
    });
    const stored = { ...aPost({ id, title: titleOf(text), text, publishedAt: at }) } as StoredPost;
    return { post, stored };
  });
  const base = aFile(`event-${number}`, titleOf(texts[0]?.[2] ?? ''), { grade: 'L3' });
  const file: EventFile = {
    ...base,
    leads: posts.map(({ post }) =>
      aLead({
        id: `lead-${post.postId}`,
        eventId: base.event.id,
        title: post.title,
        posts: [post],
      }),
    ),
  };
  const dossier = aDossier({ texts: new Map(posts.map(({ stored }) => [stored.id, stored])) });
  const records = someRecords({ period: { from: NOON, to: CLOSING } });
  const model = buildSpecial(
    records,
    { file, dossier, number: 1 },
    { ...imprint, mostCharacters: reportPack.special.mostCharacters },
    reportPack.special,
  );
  return { model, said: sectionText(model, '舆论观点') };
}

test('there are sixty matters', () => expect(MATTERS.length).toBeGreaterThanOrEqual(60));

test('every quotation stands word for word in the text that it cites', () => {
  let quotations = 0;
  for (const [number, matter] of MATTERS.entries()) {
    const { model } = reportOn(matter, number);
    const cited = new Set(citesOf(model));
    for (const block of model.blocks) {
      if (block.kind !== 'paragraph') continue;
      for (const { text, cites } of block.sentences) {
        const quoted = /^“(.+)”（(?:第\d家报纸|网民发帖)/u.exec(text)?.[1];
        if (quoted === undefined) continue;
        quotations += 1;
        const sources = cites.filter((cite) => cite.startsWith('post:'));
        const held = sources.map((cite) => matter.texts[Number(cite.split('-').at(-1))]?.[2] ?? '');
        expect(held.some((whole) => whole.includes(quoted))).toBe(true);
        expect(sources.every((cite) => cited.has(cite))).toBe(true);
      }
    }
  }
  expect(quotations).toBeGreaterThan(150);
});

test('criticism stands in the report wherever somebody criticised', () => {
  const silent = MATTERS.filter((matter, number) => {
    const isCriticised = matter.texts.some(([, tone]) => tone === '-');
    return isCriticised !== reportOn(matter, number).said.includes('批评意见：“');
  });
  expect(silent).toEqual([]);
});

test('at least four in five of the points that a person marked are told', () => {
  const all = MATTERS.flatMap((matter, number) => {
    const { said } = reportOn(matter, number);
    return matter.points.map((point) => ({ point, isTold: said.includes(point) }));
  });
  const told = all.filter(({ isTold }) => isTold).length;
  expect(told / all.length).toBeGreaterThanOrEqual(0.8);
});
