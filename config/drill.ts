import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { DAY_MS, NotFound, startOfBeijingDay, beijingDay, HOUR_MS, type Person } from '#core';
import type { Drill } from '#server';
import type { Backend } from './backends/embedded.ts';
import { compose, type Frame, type Product } from './compose.ts';
import { readDrillClock, saveDrillClock } from './drill/drill-clock-file.ts';
import { restoreDrillClock, startDrillClock, type DrillClock } from './drill/drill-clock.ts';
import { drillSources } from './drill/drill-sources.ts';
import { startMailCatcher, type MailCatcher } from './drill/mail-catcher.ts';
import { pageIn, startSampleCity, type SampleCity } from './drill/sample-city.ts';
import { loadSampleOffice, type SampleOffice } from './drill/sample-office.ts';
import { loadScenario, type Scenario } from './drill/scenario.ts';
import { drillPersonId, openScript, type Script } from './drill/script.ts';
import { runToEnd } from './serve.ts';
import { say } from './terminal.ts';
import { SettingsSchema, type Settings } from './settings.ts';

export interface DrillOptions {
  readonly speed: number;
  readonly scenario: string;
  readonly folder: string;
  readonly port: number;
  /** Begin anew, dropping what an earlier drill left. */
  readonly isFresh: boolean;
  /** Whether the people of the scenario act by themselves from the beginning. */
  readonly isActing?: boolean;
  /** `yyyy-MM-dd`, Beijing: the day on which it begins, so that a trial does not depend on the day of the week. */
  readonly day?: string;
  /** Hosts beside the sample city's that may be read, for trials. */
  readonly alsoRead?: readonly string[];
}

/** A drill begins in the morning: 08:00 Beijing time of the day it is started. */
const BEGINS_AT_MS = 8 * HOUR_MS;

/** `npm run demo`: the product reads a sample city by the drill's clock. @returns the exit code */
export async function drill(options: DrillOptions): Promise<number> {
  return await runToEnd(async () => {
    const product = await startDrill(options);
    say(`演练已开始：${product.url}（${options.speed} 倍速；页面上可暂停、调速、扮演人员）`);
    say(`样例城市：${product.cityUrl}；通知邮件：${product.mailUrl}`);
    return product;
  });
}

export interface DrillProduct extends Product {
  readonly cityUrl: string;
  readonly mailUrl: string;
  readonly clock: DrillClock;
  readonly script: Script;
  readonly mail: MailCatcher;
}

/** Starts a drill, or goes on with the one whose data lie in the folder. */
export async function startDrill(options: DrillOptions): Promise<DrillProduct> {
  const { folder, port } = options;
  if (options.isFresh) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const scenario = loadScenario(options.scenario);
  const clock = openClock(options, () => new Date());
  const city = await startSampleCity({
    scenario,
    elapsedMinutes: () => clock.elapsedMinutes(),
    startedAt: clock.state().startedAt,
  });
  const mail = await startMailCatcher({ now: clock.now });
  const script = openScript({
    folder,
    scenario,
    office: loadSampleOffice(),
    clock,
    pageOf: (itemId) => pageIn(city, scenario, itemId),
    isActing: options.isActing ?? false,
    onError: (err) => logOf().error({ err }, 'scenario failed'),
  });
  const around = {
    scenario,
    clock,
    script,
    city: city.urls,
    alsoRead: options.alsoRead ?? [],
    smtpUrl: mail.smtpUrl,
    mailUrl: mail.webUrl,
  };
  const product = await composeDrill({ folder, port }, around);
  script.begin(product.url);
  return {
    ...product,
    clock,
    script,
    mail,
    cityUrl: city.urls.index,
    mailUrl: mail.webUrl,
    async close() {
      await script.close();
      await product.close();
      await mail.close();
      await city.close();
    },
  };
}

/** What a drill stands in: the city it reads, the mail server it writes to, the clock it lives by. */
export interface DrillAround {
  readonly scenario: Scenario;
  readonly clock: DrillClock;
  /** What people play; nobody does where it is absent. */
  readonly script?: Script;
  readonly city: SampleCity['urls'];
  readonly alsoRead?: readonly string[];
  readonly smtpUrl: string;
  readonly mailUrl: string;
}

/** The product as a drill sees it, in surroundings that stand already. */
export async function composeDrill(
  place: { readonly folder: string; readonly port: number },
  around: DrillAround,
  wrapChannel?: Frame['wrapChannel'],
): Promise<Product> {
  const { scenario, clock, city } = around;
  const office = loadSampleOffice();
  const log = logOf();
  return await compose(drillSettings(place, office, around), {
    now: clock.now,
    realNow: () => new Date(),
    log,
    ...(wrapChannel && { wrapChannel }),
    drill: {
      sources: drillSources(scenario, city.sites),
      seed: async (backend) => await seedOffice(backend, office, clock.state().startedAt),
      controls: (backend) => drillControls(backend, around),
    },
  });
}

const logOf = () =>
  pino({ level: process.env['HUIYING_LOG_LEVEL'] ?? 'warn' }, pino.destination(2));

function openClock({ folder, speed, day }: DrillOptions, realNow: () => Date): DrillClock {
  const path = join(folder, 'clock.json');
  const save = (state: Parameters<typeof saveDrillClock>[1]): void => saveDrillClock(path, state);
  const saved = readDrillClock(path);
  if (saved) return restoreDrillClock(saved, realNow, save);
  const morning = startOfBeijingDay(day ?? beijingDay(realNow())).getTime() + BEGINS_AT_MS;
  // Yesterday's morning when today's has not come yet: a drill's posts never lie in the real future.
  const startsAt = new Date(morning > realNow().getTime() ? morning - DAY_MS : morning);
  return startDrillClock({ startsAt, speed, realNow, save });
}

/** The drill's settings are its own: no real channel can be named in them. */
function drillSettings(
  { folder, port }: { readonly folder: string; readonly port: number },
  office: SampleOffice,
  { city, alsoRead = [], smtpUrl }: DrillAround,
): Settings {
  const smtp = new URL(smtpUrl);
  return SettingsSchema.parse({
    office: { name: office.name, regions: office.regions, contact: 'drill@drill.invalid' },
    server: { port, sessionIdleMs: 12 * HOUR_MS },
    storage: { folder },
    fetching: {
      allowHosts: [...Object.values(city.sites).map((url) => new URL(url).host), ...alsoRead],
    },
    watches: office.watches,
    rules: { responsibility: office.responsibilityPath },
    channels: {
      email: {
        host: smtp.hostname,
        port: Number(smtp.port),
        security: 'none',
        from: '回应（演练） <huiying@drill.invalid>',
      },
    },
  });
}

/** Makes the people of the sample office once; they are played, never signed in by password. */
async function seedOffice(backend: Backend, office: SampleOffice, at: Date): Promise<void> {
  for (const { signInName, name, unit, roles, email } of office.people) {
    const person: Person = {
      id: drillPersonId(signInName),
      revision: 1,
      effects: [],
      name,
      signInName,
      unit,
      roles,
      email,
      mustChangePassword: false,
      isDisabled: false,
      createdAt: at,
    };
    await backend.people.create(person);
  }
  const { first, second } = office.duty;
  const duty = await backend.duty.current();
  if (!duty.firstId)
    await backend.duty.save({ firstId: drillPersonId(first), secondId: drillPersonId(second) });
}

function drillControls(backend: Backend, around: DrillAround): Drill {
  const { scenario, clock, city, mailUrl, script } = around;
  return {
    async view() {
      const { speed, isPaused } = clock.state();
      const people = await backend.people.listAll();
      return {
        title: scenario.title,
        now: clock.now().toISOString(),
        speed,
        isPaused,
        mailUrl,
        cityUrl: city.index,
        people: people.map(({ id, name, roles }) => ({ id, name, roles: [...roles] })),
        script: script?.view() ?? { isActing: false, isSkipping: false, acts: [] },
      };
    },
    setClock({ speed, isPaused, isActing, isSkipping }) {
      // A hand on the clock ends the flight.
      if (speed !== undefined || isPaused !== undefined || isSkipping === false)
        script?.skip.stop();
      if (isActing !== undefined) script?.players.setActing(isActing);
      if (speed !== undefined) clock.setSpeed(speed);
      if (isPaused === true) clock.pause();
      if (isPaused === false) clock.resume();
      if (isSkipping === true) script?.skip.start();
    },
    async play(personId) {
      const person = await backend.people.findById(personId);
      if (!person) throw new NotFound('演练人员', personId);
      return person;
    },
  };
}
