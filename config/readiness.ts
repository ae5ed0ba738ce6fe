import { durationInWords, messageOf, type Now } from '#core';
import type { ReadinessPart } from '#server';
import type { Backend } from './backends/embedded.ts';
import { LATE_NOTICE_MS } from './metrics.ts';

interface Parts {
  readonly backend: Backend;
  /** The clock the notices are dated by. */
  readonly now: Now;
}

/** Each part of the product and whether it can do its work; the server adds whether anybody can be reached. */
export async function checkReadiness(parts: Parts): Promise<ReadinessPart[]> {
  return [
    await checkStore(parts.backend),
    await checkOutbox(parts),
    await checkSetAside(parts),
    checkRecords(parts),
  ];
}

async function checkStore(backend: Backend): Promise<ReadinessPart> {
  try {
    const count = await backend.posts.count();
    return { name: '存储', isOk: true, detail: `已存 ${count} 条信息` };
  } catch (error) {
    return { name: '存储', isOk: false, detail: messageOf(error) };
  }
}

async function checkOutbox({ backend, now }: Parts): Promise<ReadinessPart> {
  const oldest = await backend.outbox.oldestUnsentAt();
  const ageMs = oldest ? now().getTime() - oldest.getTime() : 0;
  const isOk = ageMs <= LATE_NOTICE_MS;
  const detail = isOk ? '没有积压' : `最早一条通知已等待${durationInWords(ageMs)}，还没有发出`;
  return { name: '通知发送', isOk, detail };
}

async function checkSetAside({ backend }: Parts): Promise<ReadinessPart> {
  const count = await backend.setAside.count();
  // Set aside is safe, counted and visible: worth a look, no reason to take the product out of service.
  return { name: '搁置', isOk: true, detail: count === 0 ? '没有' : `${count} 条无法处理，已搁置` };
}

/** Of each kind, so many are named. */
const MOST_NAMED = 3;

function checkRecords({ backend }: Parts): ReadinessPart {
  const found = backend
    .listUnreadable()
    .map(
      ({ kind, ids }) => `${kind} ${ids.length} 条读不懂（${ids.slice(0, MOST_NAMED).join('、')}）`,
    );
  // The others go on without them; whether a duty stands still the audit says.
  return { name: '记录', isOk: true, detail: found.join('；') || '都读得懂' };
}
