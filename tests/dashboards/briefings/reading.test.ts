import { assert, property, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MACHINE, type Person } from '#core';
import { NOTICES_TOPIC } from '#alert';
import {
  buildFlash,
  dueChoicesAt,
  glanceOf,
  parseReadingId,
  pictureType,
  readingId,
  whyClosed,
  withInstruction,
  withReceipt,
  type Report,
} from '#briefings';
import { createOrderStage, HANDLING_ORDERS_TOPIC, HandlingOrderSchema } from '#respond';
import { SqliteReportStore } from '../../../dashboards/briefings/adapters/sqlite-report-store.ts';
import {
  newReaders,
  settled,
  withRevoked,
  withUrging,
} from '../../../dashboards/briefings/reading/read-report.ts';
import { SqliteOrderStore } from '../../../respond/adapters/sqlite-order-store.ts';
import { orderOffice } from '../../support/orders.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { reportPack as pack } from '../../support/packs.ts';
import { aPerson } from '../../support/people.ts';
import { minutesAfter } from '../../support/posts.ts';
import { aFile, CLOSING, imprint, someRecords } from '../../support/reports.ts';
import { memoryDatabase } from '../../support/temp-database.ts';
import { aDailyReport } from '../server/report-support.ts';

const mail = (name: string) => ({ email: `${name}@linjiang.test` });
const deputy = aPerson('纪文澜', ['deputyLeader'], mail('ji'));
const principal = aPerson('方景亭', ['principal'], mail('fang'));
const keeper = aPerson('陆柏舟', ['opinionLead'], mail('lu'));

function sentTo(people: readonly Person[]): Report {
  return aDailyReport({
    state: 'sent',
    effects: [],
    sent: { at: CLOSING, by: MACHINE, receivers: [] },
    readers: newReaders(people, pack.reading, CLOSING),
    urgeAt: minutesAfter(60, CLOSING),
  });
}

describe('by when an instruction is due', () => {
  const codesAt = (clock: string): string[] =>
    dueChoicesAt(pack.reading, new Date(`2026-03-02T${clock}+08:00`)).map(({ code }) => code);

  test.for([
    { clock: '17:59:59', codes: ['today', 'hours2', 'tomorrow', 'days3'] },
    { clock: '18:00:00', codes: ['hours2', 'tomorrow', 'days3'] },
    { clock: '23:59:59', codes: ['hours2', 'tomorrow', 'days3'] },
    { clock: '00:00:00', codes: ['today', 'hours2', 'tomorrow', 'days3'] },
  ])('at $clock what has gone by is not offered', ({ clock, codes }) => {
    expect(codesAt(clock)).toEqual(codes);
  });

  test('what is too near to be done is not offered, but taken from who opened the page before', () => {
    const at = new Date('2026-03-02T17:40:00+08:00');
    const offered = dueChoicesAt(pack.reading, at, pack.reading.leastTimeMs);
    expect(offered.map(({ code }) => code)).toEqual(['hours2', 'tomorrow', 'days3']);
    expect(codesAt('17:40:00')).toContain('today');
  });

  test('明天 is the next day in Beijing, also just before midnight', () => {
    const late = new Date('2026-03-02T23:50:00+08:00');
    const tomorrow = dueChoicesAt(pack.reading, late).find(({ code }) => code === 'tomorrow');
    expect(tomorrow?.dueAt).toEqual(new Date('2026-03-03T12:00:00+08:00'));
  });
});

describe('a personal link', () => {
  test('names a report and which of the reader’s links it is', () => {
    const id = readingId('flash-2026-3-1', 2);
    expect(parseReadingId(id)).toEqual({ reportId: 'flash-2026-3-1', number: 2 });
    for (const other of ['flash-2026-3-1', 'flash~0', 'flash~-1', '~1', 'flash~1x', '']) {
      expect(parseReadingId(other)).toBeUndefined();
    }
  });

  test('closes when it was taken back or replaced, and says which', () => {
    const [reader] = newReaders([deputy], pack.reading, CLOSING);
    expect(whyClosed(reader!, 1)).toBeUndefined();
    expect(whyClosed({ ...reader!, link: { ...reader!.link, number: 2 } }, 1)).toContain(
      '换成新的',
    );
    const revoked = { at: CLOSING, by: MACHINE, reason: '调离' };
    expect(whyClosed({ ...reader!, revoked }, 1)).toContain('收回');
  });
});

describe('已阅 of a whole report', () => {
  const reading = (report: Report, person: Person): Report =>
    withReceipt(report, { person, at: minutesAfter(1, CLOSING) }) ?? report;

  test('stands when each who can still read it has, and a second tap changes nothing', () => {
    const one = reading(sentTo([deputy, principal]), deputy);
    expect(one.state).toBe('sent');
    expect(withReceipt(one, { person: deputy, at: minutesAfter(2, CLOSING) })).toBeUndefined();
    const all = reading(one, principal);
    expect([all.state, all.urgeAt]).toEqual(['receipted', undefined]);
  });

  test('does not stand when every link was taken back and nobody read it', () => {
    const act = { reason: '调离', actor: keeper, at: CLOSING };
    const after = withRevoked(sentTo([deputy]), { ...act, personId: deputy.id }, pack.reading);
    expect(after?.state).toBe('sent');
    expect(settled(after!).state).toBe('sent');
  });

  test('is of nobody to whom it was not sent', () => {
    const stranger = aPerson('旁人', ['deputyLeader']);
    expect(() => withReceipt(sentTo([deputy]), { person: stranger, at: CLOSING })).toThrow(
      '没有报送给这个人',
    );
  });
});

describe('urging', () => {
  const office = (people: readonly Person[], at: Date) => ({
    pack,
    reach: { people, channels: new Set(['email'] as const) },
    linkFor: ({ id }: { id: string }) => `https://h.test/r/${id}`,
    at,
  });

  test('who cannot be reached is not called urged', () => {
    const unreachable = aPerson(principal.name, ['principal']);
    const due = office([deputy, unreachable], minutesAfter(60, CLOSING));
    const urged = withUrging(sentTo([deputy, principal]), due);
    expect(urged?.readers.map(({ name, urgedAt }) => [name, urgedAt !== undefined])).toEqual([
      ['纪文澜', true],
      ['方景亭', false],
    ]);
    expect(urged?.history.at(-1)?.what).toContain('催阅纪文澜');
    expect(urged?.effects.filter(({ topic }) => topic === NOTICES_TOPIC)).toHaveLength(1);
    expect(withUrging(urged!, due)).toBeUndefined();
  });

  test('the store finds a report when its time has come, and not once nobody is to be urged', async () => {
    const reports = new SqliteReportStore(memoryDatabase().database);
    const report = sentTo([deputy]);
    await reports.create(report);
    expect(await reports.listToUrge(minutesAfter(59, CLOSING), 9)).toEqual([]);
    const due = minutesAfter(60, CLOSING);
    expect((await reports.listToUrge(due, 9)).map(({ id }) => id)).toEqual([report.id]);
    const urged = withUrging(report, office([deputy], due));
    await reports.replace({ ...urged!, revision: 2 });
    expect(await reports.listToUrge(minutesAfter(9_999, CLOSING), 9)).toEqual([]);
  });

  test('a report of before there were links is read as one without readers', async () => {
    const { database } = memoryDatabase();
    const reports = new SqliteReportStore(database);
    const { readers: _readers, instructions: _instructions, ...old } = sentTo([]);
    await reports.create(old as Report);
    expect(await reports.findById(old.id)).toMatchObject({ readers: [], instructions: [] });
  });
});

describe('an instruction', () => {
  const event = { id: 'event-1', title: '停水', isDrill: false, grade: 'L1' as const };
  const leaning = {
    pack: pack.reading,
    orders: orderOffice(),
    reportsPage: 'https://h.test/reports',
  };
  const act = {
    leader: deputy,
    text: '请核实',
    track: 'fact' as const,
    event,
    unit: '市水务局',
    dueAt: minutesAfter(120, CLOSING),
    at: CLOSING,
  };

  test('is one by the same words, matter and unit; the order it sets off is made once', async () => {
    const given = withInstruction(sentTo([deputy]), act, leaning);
    const again = { ...act, at: minutesAfter(1, CLOSING), dueAt: minutesAfter(121, CLOSING) };
    expect(withInstruction(given!, again, leaning)).toBeUndefined();
    const bodies = given!.effects
      .filter(({ topic }) => topic === HANDLING_ORDERS_TOPIC)
      .map(({ body }) => HandlingOrderSchema.parse(JSON.parse(JSON.stringify(body))));
    expect(bodies).toHaveLength(1);
    const orders = new SqliteOrderStore(memoryDatabase().database);
    const stage = createOrderStage(orders);
    // The log brings an entry again after a crash.
    await stage.process(bodies);
    await stage.process(bodies);
    const [order, ...others] = await orders.listByEvent('event-1');
    expect(others).toEqual([]);
    expect(order).toMatchObject({
      id: given?.instructions[0]?.order?.id,
      issued: { by: { name: '纪文澜' } },
    });
  });

  test('the same words on two reports are two orders', () => {
    const idOn = (id: string): string | undefined =>
      withInstruction({ ...sentTo([deputy]), id }, act, leaning)?.instructions[0]?.order?.id;
    expect(idOn('daily-2026-1-0')).not.toBe(idOn('daily-2026-2-0'));
  });

  test.for([
    { why: '还没有报送', change: { report: aDailyReport() } },
    { why: '批示须为', change: { leader: keeper } },
    { why: '批示须为', change: { leader: { ...deputy, isDisabled: true } } },
    { why: '没有内容', change: { text: '  ' } },
    { why: '须晚于现在', change: { dueAt: CLOSING } },
    { why: '登记批示须为', change: { paper: { by: principal, day: '2026-03-02' } } },
  ])('is refused: $why', ({ why, change }) => {
    const { report = sentTo([deputy]), ...rest } = change as { report?: Report };
    expect(() => withInstruction(report, { ...act, ...rest }, leaning)).toThrow(why);
  });
});

describe('what a 快报 comes to', () => {
  const file = aFile('event-1', '某工地坍塌', { grade: 'L2' });
  const flash = (stage: 'first' | 'followUp' | 'final') =>
    buildFlash(
      someRecords({ files: [file] }),
      {
        file,
        stage,
        reporter: undefined,
        ...(stage !== 'first' && { followUp: { number: 1, since: CLOSING } }),
      },
      imprint,
    );

  test('is its grade and the times that are due, in the words of the report', () => {
    const [grade, due, ...others] = glanceOf(flash('first'));
    expect(others).toEqual([]);
    expect(grade).toMatch(/^等级：.*重大/);
    expect(due).toContain('5小时发布');
    expect(glanceOf(flash('followUp'))).toHaveLength(2);
    expect(glanceOf(flash('final'))[0]).toContain('5小时发布');
  });

  test('is nothing for a report that begins with what matters', () => {
    expect(glanceOf(aDailyReport().model)).toEqual([]);
  });
});

describe('a picture', () => {
  const most = { mostBytes: 100_000 };
  const JPEG = Buffer.from(
    '/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==',
    'base64',
  );

  test('is known by its bytes', () => {
    expect(pictureType(JPEG, most)).toBe('image/jpeg');
    // Cameras write more behind the end.
    expect(pictureType(Buffer.concat([JPEG, Buffer.alloc(64)]), most)).toBe('image/jpeg');
  });

  test('cut short at any place it is none', () => {
    for (let length = 0; length < JPEG.length - 1; length += 1) {
      expect(() => pictureType(JPEG.subarray(0, length), most)).toThrow('不是完整的');
    }
  });

  test('no bytes at all bring anything but a type or a refusal in words', () => {
    const heads = [[], [0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]];
    for (const head of heads) {
      assert(
        property(uint8Array({ maxLength: 300 }), (tail) => {
          const bytes = Uint8Array.from([...head, ...tail]);
          expect(outcomeOf(() => pictureType(bytes, most))).toBeOneOf(['done', 'PICTURE_INVALID']);
        }),
      );
    }
  });
});
