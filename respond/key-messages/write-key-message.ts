import { actorOf, amend, digestOf, idOf, Refused, type Grade } from '#core';
import { demandRole, type JudgingPack } from '../judging-pack.ts';
import { newNoted, notedAs, type ActOf, type ActOnEvent } from '../noted.ts';
import type { KeyMessage, KeyMessageDraft, KeyMessageStore } from './key-message.ts';

const noted = notedAs('keyMessage');

export interface KeyMessageDeps {
  readonly keyMessages: KeyMessageStore;
  readonly pack: JudgingPack;
}
export type KeyMessageRequest = ActOnEvent & { readonly draft: KeyMessageDraft };
export type KeyMessageApproval = ActOf & { readonly grade: Grade; readonly contentDigest: string };

/**
 * The message as a person wrote it: on the open version, or on a new one where the last is approved.
 *
 * @throws {Refused} when the role is missing
 */
export function writtenKeyMessage(
  last: KeyMessage | undefined,
  request: KeyMessageRequest,
  pack: JudgingPack,
): KeyMessage {
  const { draft, actor, event } = request;
  demandRole(actor, pack.keyMessages.writers, '拟写应对口径');
  const text = { ...draft, contentDigest: digestOf(JSON.stringify(draft)) };
  const by = actorOf(actor);
  if (last && !last.approved) {
    const isKnown = [last.writer, ...last.editors].some(({ personId }) => personId === actor.id);
    const editors = isKnown ? last.editors : [...last.editors, by];
    return noted({ ...last, ...text, editors }, request, `改写应对口径第${last.version}版`);
  }
  const version = (last?.version ?? 0) + 1;
  const first = newNoted(request, idOf('keyMessage', event.id, String(version)));
  const written = { ...first, ...text, version, writer: by, editors: [] };
  return noted(written, request, `拟写应对口径第${version}版`);
}

/** @throws {Refused} when a rule forbids it */
export function approvedKeyMessage(
  message: KeyMessage,
  request: KeyMessageApproval,
  { keyMessages }: JudgingPack,
): KeyMessage {
  const { actor, at, grade, contentDigest } = request;
  const isGrave = grade === 'L1' || grade === 'L2';
  demandRole(actor, isGrave ? keyMessages.graveApprovers : keyMessages.approvers, '批准应对口径');
  if (message.approved) throw new Refused('KEY_MESSAGE_APPROVED', '这一版口径已经批准');
  if (message.contentDigest !== contentDigest) {
    throw new Refused('KEY_MESSAGE_CHANGED', '口径在您阅读时被改过，请看过新的文字再批准');
  }
  if ([message.writer, ...message.editors].some(({ personId }) => personId === actor.id)) {
    throw new Refused('OWN_TEXT', '拟写、改写口径的人不能批准它', 'forbidden');
  }
  const approved = { by: actorOf(actor), at };
  return noted({ ...message, approved }, request, `批准应对口径第${message.version}版`);
}

/** @throws {Refused} */
export async function writeKeyMessage(
  { keyMessages, pack }: KeyMessageDeps,
  request: KeyMessageRequest,
): Promise<void> {
  const last = (await keyMessages.listByEvent(request.event.id)).at(-1);
  const written = writtenKeyMessage(last, request, pack);
  if (last?.id === written.id) {
    await amend(keyMessages, last.id, (found) => writtenKeyMessage(found, request, pack));
  } else if (!(await keyMessages.create(written))) {
    throw new Refused('KEY_MESSAGE_BEGUN', '他人刚刚开始了新的一版，请刷新后再写');
  }
}

/** @throws {Refused | NotFound} */
export async function approveKeyMessage(
  { keyMessages, pack }: KeyMessageDeps,
  { keyMessageId, ...request }: KeyMessageApproval & { readonly keyMessageId: string },
): Promise<void> {
  await amend(keyMessages, keyMessageId, (found) => approvedKeyMessage(found, request, pack));
}
