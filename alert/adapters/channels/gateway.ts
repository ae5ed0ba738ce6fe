import { SECOND_MS, type Now } from '#core';
import type { ChannelKind } from '../../alert.ts';
import { fillTemplate, type TemplatePlace, type Values } from '../../fill-template.ts';
import { classifyGateway, type GatewayAnswerRule } from '../../gateway-answer.ts';
import {
  groupText,
  mentionsOf,
  shortText,
  withoutPersonalLinks,
  type Said,
} from '../../group-text.ts';
import type { Channel } from '../../ports.ts';
import { replyCodeOf } from '../../sms-reply.ts';
import type { FarRequest, Poster } from './http-post.ts';

export interface GatewaySettings {
  /** Template of the address; its scheme and host are fixed text. */
  readonly url: string;
  readonly method: 'POST' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly bodyFormat: 'json' | 'form' | 'xml' | 'text';
  readonly secret?: string | undefined;
  readonly answer: GatewayAnswerRule;
  /** Whether people can answer by a code. */
  readonly takesReplies: boolean;
}

const CONTENT_TYPES: Readonly<Record<GatewaySettings['bodyFormat'], string>> = {
  json: 'application/json; charset=utf-8',
  form: 'application/x-www-form-urlencoded',
  xml: 'application/xml; charset=utf-8',
  text: 'text/plain; charset=utf-8',
};
const MOST_BYTES = 600;
const SHORT_BYTES = 300;

/** Text messages, calls or an office's own messenger through whatever HTTP interface their gateway has. */
export function createGateway(
  kind: Extract<ChannelKind, 'sms' | 'voice' | 'govIm'>,
  settings: GatewaySettings,
  parts: {
    readonly poster: Poster;
    readonly mostBytes?: number | undefined;
    readonly realNow: Now;
  },
): Channel {
  const { poster, mostBytes = MOST_BYTES, realNow } = parts;
  return {
    kind,
    async send(notice) {
      if (kind !== 'govIm' && notice.receiver.address === '') {
        return { result: 'content', detail: '接收人没有手机号' };
      }
      // Nobody can follow an address that is read out.
      const said = kind === 'voice' ? { ...notice, link: undefined } : notice;
      const values = (kind === 'govIm' ? groupValues : personValues)(said, settings, mostBytes);
      const seconds = String(Math.floor(realNow().getTime() / SECOND_MS));
      return classifyGateway(
        await poster.post(toRequest(settings, { ...values, seconds })),
        settings.answer,
      );
    },
    close: async () => await poster.close(),
  };
}

type Unsent = Omit<Values, 'seconds'>;

function personValues(notice: Said, settings: GatewaySettings, mostBytes: number): Unsent {
  const { alertId, receiver, id, link = '' } = notice;
  const canReply = settings.takesReplies && alertId !== '' && receiver.personId !== '';
  const code = canReply ? replyCodeOf(alertId, receiver.personId) : undefined;
  const most = notice.isShort ? Math.min(mostBytes, SHORT_BYTES) : mostBytes;
  return {
    phone: receiver.address,
    name: receiver.name,
    text: shortText(notice, code, most),
    code: code ?? '',
    link,
    secret: settings.secret ?? '',
    id,
  };
}

/** A messenger may show it to a whole group, so no personal link stands in it. */
function groupValues(notice: Said, settings: GatewaySettings, mostBytes: number): Unsent {
  const { receiver, eventId, id, link = '' } = notice;
  return {
    phone: mentionsOf(notice).join(','),
    name: receiver.name,
    text: groupText(notice, { mostBytes }),
    code: '',
    link: withoutPersonalLinks(link, eventId),
    secret: settings.secret ?? '',
    id,
  };
}

function toRequest(settings: GatewaySettings, values: Values): FarRequest {
  const { url, method, headers, body, bodyFormat } = settings;
  const fill = (template: string, place: TemplatePlace): string =>
    fillTemplate(template, values, place);
  const filled = Object.entries(headers).map(([name, value]) => [name, fill(value, 'header')]);
  const hasBody = method === 'POST' && body !== undefined;
  return {
    url: new URL(fill(url, 'url')),
    method,
    headers: {
      ...(hasBody && { 'content-type': CONTENT_TYPES[bodyFormat] }),
      ...(Object.fromEntries(filled) as Record<string, string>),
    },
    ...(hasBody && { body: fill(body, bodyFormat) }),
  };
}
