import { setTimeout as pause } from 'node:timers/promises';
import type { Channel } from '#alert';
import { composeDrill } from '../../config/drill.ts';
import { readDrillClock } from '../../config/drill/drill-clock-file.ts';
import { restoreDrillClock, type DrillClock } from '../../config/drill/drill-clock.ts';
import { loadScenario } from '../../config/drill/scenario.ts';
import type { ChildOrder } from './crash-run.ts';

/** The product in a process of its own, to be killed at any moment; what surrounds it lives on. */
const order = JSON.parse(process.argv[2] ?? '') as ChildOrder;
const openClock = (): DrillClock => {
  const saved = readDrillClock(order.clockFile);
  if (!saved) throw new Error('no clock');
  return restoreDrillClock(saved, () => new Date());
};
let running = openClock();
/** The clock outside was set anew. */
process.on('SIGUSR2', () => (running = openClock()));
const clock: DrillClock = {
  now: () => running.now(),
  elapsedMinutes: () => running.elapsedMinutes(),
  setSpeed: (speed) => running.setSpeed(speed),
  pause: () => running.pause(),
  resume: () => running.resume(),
  leap: (minutes) => running.leap(minutes),
  state: () => running.state(),
};

const product = await composeDrill(
  { folder: order.folder, port: 0 },
  {
    scenario: loadScenario(),
    clock,
    city: order.city,
    smtpUrl: order.smtpUrl,
    mailUrl: order.smtpUrl,
  },
  slowLine,
);
process.stdout.write('ready\n');
process.once('SIGTERM', () => void product.close().then(() => process.exit(0)));

/** A line that takes its time before a mail is on its way, as real ones do. */
function slowLine(channel: Channel): Channel {
  const slowly = async (...[notice]: Parameters<Channel['send']>) => {
    await pause(Math.random() * order.slowestMs);
    return await channel.send(notice);
  };
  return {
    kind: channel.kind,
    close: async () => await channel.close(),
    async send(notice) {
      if (!order.marksFirst) return await slowly(notice);
      // The known-bad control: says it is sent, then sends.
      void slowly(notice);
      return { result: 'ok', detail: '（对照组）先记后发' };
    },
  };
}
