import { SECOND_MS, type Now } from '#core';
import { classifyTransport, refusedStatus } from '../../answer-class.ts';
import { withoutPersonalLinks } from '../../group-text.ts';
import type { Channel } from '../../ports.ts';
import { signCallback } from '../../sign-robot.ts';
import type { Poster } from './http-post.ts';

/**
 * A signed callback to a program of the office. It gets what a message says and no personal link; the time
 * is part of what is signed, so that a copy sent later can be told.
 */
export function createWebhook(
  settings: { readonly url: string; readonly secret: string },
  { poster, realNow }: { readonly poster: Poster; readonly realNow: Now },
): Channel {
  const url = new URL(settings.url);
  return {
    kind: 'webhook',
    async send(notice) {
      const { id, alertId, eventId, priority, shortCode, subject, deadline, isDrill } = notice;
      const isTest = notice.isTest === true;
      const text = withoutPersonalLinks(notice.text, eventId);
      const about = { id, alertId, eventId, priority, shortCode, isDrill, isTest };
      const body = JSON.stringify({ ...about, subject, deadline, text });
      const timestamp = String(Math.floor(realNow().getTime() / SECOND_MS));
      const answer = await poster.post({
        url,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'x-huiying-timestamp': timestamp,
          'x-huiying-signature': signCallback(settings.secret, timestamp, body),
        },
        body,
      });
      const early = classifyTransport(answer);
      if (early || answer.kind !== 'answered') return early ?? { result: 'unknown', detail: '' };
      return answer.status < 300
        ? { result: 'ok', detail: `对方已收下（HTTP ${answer.status}）` }
        : refusedStatus(answer.status);
    },
    close: async () => await poster.close(),
  };
}
