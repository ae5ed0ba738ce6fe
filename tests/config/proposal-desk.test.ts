import { describe, expect, test } from 'vitest';
import type { Role } from '#core';
import { SqliteCorrectionStore } from '../../analyze/adapters/sqlite-correction-store.ts';
import { SqliteLeadStore } from '../../analyze/adapters/sqlite-lead-store.ts';
import { SqliteModelStore } from '../../analyze/adapters/sqlite-model-store.ts';
import { SqliteOpinionEventStore } from '../../analyze/adapters/sqlite-opinion-event-store.ts';
import { SqlitePostStore } from '../../analyze/adapters/sqlite-post-store.ts';
import { openSegmenter } from '../../analyze/adapters/open-segmenter.ts';
import { createModelDesk, createProposalDesk } from '../../config/proposal-desk.ts';
import { openModels } from '../../config/proposal-models.ts';
import { readPacks } from '../../config/packs.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { createPostProposer } from '#analyze';
import { aLead, anOpinionEvent } from '../support/events.ts';
import { aPerson } from '../support/people.ts';
import { aRecord, minutesAfter, NOON } from '../support/posts.ts';
import { memoryDatabase } from '../support/temp-database.ts';

const packs = readPacks(SettingsSchema.parse({}));
const segmenter = await openSegmenter();
const TEXT = '城南站台的雨棚漏水，等车的人都淋着';
const analyst = aPerson('沈秋禾', ['analyst']);

/** An office with one event of one post, its stores real. */
async function anOffice() {
  const { database } = memoryDatabase();
  const stores = {
    corrections: new SqliteCorrectionStore(database),
    models: new SqliteModelStore(database),
    events: new SqliteOpinionEventStore(database),
    leads: new SqliteLeadStore(database),
    posts: new SqlitePostStore(database, segmenter),
  };
  let at = NOON;
  const now = (): Date => (at = new Date(at.getTime() + 1000));
  /** As the product proposes after its next start. */
  const proposeAnew = async () => {
    const models = await openModels(stores.models);
    const propose = createPostProposer({ packs, segmenter, models });
    return propose(TEXT, { contentClass: 'A0', contentWords: '' });
  };
  const proposals = await proposeAnew();
  const event = anOpinionEvent({ title: TEXT });
  await stores.events.create(event);
  await stores.leads.create(
    aLead({ eventId: event.id, title: TEXT, posts: [{ ...aRecord().post, proposals }] }),
  );
  const desk = createProposalDesk({ ...stores, packs });
  const modelDesk = createModelDesk({ ...stores, packs, segmenter, now });
  const fieldOf = async (field: string) =>
    (await desk.proposalsOf(event)).find((one) => one.field === field);
  const correct = async (value = 'transport', roles: Role[] = ['analyst']) =>
    await desk.correct({
      eventId: event.id,
      field: 'topic',
      value,
      reason: '公交站台归交通',
      actor: { ...analyst, roles },
      at: minutesAfter(1),
    });
  return { ...stores, desk, modelDesk, proposeAnew, fieldOf, correct };
}

describe('a correction', () => {
  test('stands in the place of the proposal, with who said so, and is audited', async () => {
    const { fieldOf, correct, corrections } = await anOffice();
    const before = await fieldOf('topic');
    expect(before?.correction).toBeUndefined();
    await correct();
    const after = await fieldOf('topic');
    expect(after).toMatchObject({ value: 'transport', valueName: '交通运输' });
    expect(after?.correction).toMatchObject({
      by: { name: '沈秋禾' },
      reason: '公交站台归交通',
      proposed: before?.valueName,
    });
    const [kept] = await corrections.findWithEffects(10);
    expect(kept?.effects[0]).toMatchObject({ topic: 'audit', body: { act: '更正研判' } });
  });

  test('is refused from who does not answer for judgement, and when the value is none of the field', async () => {
    const { correct, fieldOf } = await anOffice();
    await expect(correct('transport', ['handler'])).rejects.toMatchObject({ code: 'ROLE_NEEDED' });
    await expect(correct('weather')).rejects.toMatchObject({ code: 'VALUE_UNKNOWN' });
    expect((await fieldOf('topic'))?.correction).toBeUndefined();
  });
});

describe('a model', () => {
  test('learns from corrections into a version of its own, is put in force, and gone back from', async () => {
    const { correct, modelDesk, proposeAnew } = await anOffice();
    const before = (await proposeAnew()).topic;
    await correct('education');
    const made = await modelDesk.train('topic', { personId: analyst.id, name: analyst.name });
    expect(made).toMatchObject({ id: 'topic@2', run: { corrections: 1, before: 'topic@1' } });

    // Made is not yet in force: a person compares first.
    expect((await proposeAnew()).topic).toEqual(before);
    await modelDesk.use('topic', 2);
    const after = (await proposeAnew()).topic;
    expect(after.madeBy).toBe('default-topics@1+topic@2');
    expect(after).not.toEqual({ ...before, madeBy: after.madeBy });

    await modelDesk.use('topic', 1);
    expect((await proposeAnew()).topic).toEqual(before);
    const rows = await modelDesk.list('topic');
    expect(rows.map(({ id, isInForce }) => [id, isInForce])).toEqual([
      ['topic@1', true],
      ['topic@2', false],
    ]);
    expect(rows.every(({ run }) => run.shippedF1 > 0.8)).toBe(true);
  }, 60_000);

  test('is not made while nobody has corrected anything', async () => {
    const { modelDesk } = await anOffice();
    const who = { personId: analyst.id, name: analyst.name };
    await expect(modelDesk.train('topic', who)).rejects.toMatchObject({ code: 'NO_CORRECTIONS' });
    await expect(modelDesk.use('topic', 7)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
