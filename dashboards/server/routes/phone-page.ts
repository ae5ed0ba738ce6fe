import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actorOf, Refused, type Person } from '#core';
import type { ServerDeps } from '../deps.ts';
import { renderMessagePage } from '../phone/alert-page.ts';
import { PHONE_CSP } from '../phone/style.ts';

type Deps = Pick<ServerDeps, 'rules' | 'people' | 'drill'>;

/** What is shown beside the document itself. */
export interface PhoneSaying {
  /** Somebody is signed in on this phone, and may see more than the link shows. */
  readonly isSignedIn: boolean;
  /** What this very request did, or why it did not. */
  readonly message?: string | undefined;
  /** What was written in a form that was refused; nothing typed is lost. */
  readonly kept?: Readonly<Record<string, string>> | undefined;
  /** What stands behind the address, such as how large the text is to be. */
  readonly query: Readonly<Record<string, string>>;
}

/** A document behind personal links: how it is found, shown and acted on. */
export interface PhoneDocument<T, Form> {
  /** The page’s folder, such as `/o`. */
  readonly folder: string;
  /** What the token is called in the description of the API. */
  readonly param: string;
  readonly summary: string;
  /** The act in words, for the record of what was refused. */
  readonly act: string;
  /** Where to go when the link has expired. */
  readonly page: string;
  readonly form: z.ZodType<Form>;
  readonly findById: (id: string, person: Person) => Promise<T | undefined>;
  /** Why this link, though it is ours, opens the document no longer; undefined when it does. */
  readonly closedBecause?: (document: T) => string | undefined;
  /** Where the page has a style of its own. */
  readonly policy?: string;
  readonly render: (document: T, person: Person, saying: PhoneSaying) => string;
  /** @returns the document afterwards, and what was done in words where the page does not say so @throws {Refused} */
  readonly take: (id: string, form: Form, person: Person) => Promise<readonly [T, string?]>;
}

const KeptSchema = z.record(z.string(), z.string());

/** GET and POST of a page behind a personal link. GET changes nothing; works without JavaScript. */
export function phonePage<T, Form>(
  deps: Deps,
  shape: PhoneDocument<T, Form>,
): FastifyPluginAsyncZod {
  const sayWhy = (reply: FastifyReply, problem: Problem): FastifyReply => {
    const isDrill = deps.drill !== undefined;
    const page =
      problem === 'expired'
        ? renderMessagePage('链接已过期', `请登录后在“${shape.page}”页打开。`, isDrill)
        : problem === 'invalid'
          ? renderMessagePage('链接无效', '请从原消息中重新打开，或登录后查看。', isDrill)
          : renderMessagePage('链接已失效', problem.closedBecause, isDrill);
    return reply
      .code(problem === 'invalid' ? 404 : 410)
      .type('text/html; charset=utf-8')
      .send(page);
  };
  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    { document, person }: Opened<T>,
    saying: Omit<PhoneSaying, 'isSignedIn' | 'query'> = {},
  ): FastifyReply => {
    const signedIn = request.signedIn?.person;
    const isSignedIn = signedIn !== undefined && !signedIn.mustChangePassword;
    const query = KeptSchema.safeParse(request.query).data ?? {};
    const page = shape.render(document, person, { isSignedIn, query, ...saying });
    return reply.type('text/html; charset=utf-8').send(page);
  };

  return async (app) => {
    const schema = {
      summary: shape.summary,
      params: z.object({ [shape.param]: z.string().max(1_000) }),
      produces: ['text/html'],
    };
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: 32_768 },
      async (_request: FastifyRequest, body: string) =>
        Object.fromEntries(new URLSearchParams(body)),
    );
    app.addHook('onRequest', async (_request, reply) => {
      void reply
        .header('content-security-policy', shape.policy ?? PHONE_CSP)
        .header('cache-control', 'no-store')
        .header('x-robots-tag', 'noindex, nofollow, noarchive, nosnippet')
        .header('referrer-policy', 'no-referrer');
    });

    const path = `${shape.folder}/:${shape.param}`;
    app.get(path, { schema }, async (request, reply) => {
      const opened = await open(deps, shape, request.params[shape.param] ?? '');
      return 'problem' in opened ? sayWhy(reply, opened.problem) : show(request, reply, opened);
    });

    app.post(path, { schema, config: { act: shape.act } }, async (request, reply) => {
      const token = request.params[shape.param] ?? '';
      const opened = await open(deps, shape, token);
      if ('problem' in opened) return sayWhy(reply, opened.problem);
      const { id, person } = opened;
      request.triedBy = actorOf(person);
      const form = shape.form.safeParse(request.body);
      const kept = KeptSchema.safeParse(request.body).data;
      if (!form.success)
        return show(request, reply, opened, { message: '没有办成：没有填完整，请补上', kept });
      try {
        const [document, message] = await shape.take(id, form.data, person);
        return await show(request, reply, { id, document, person }, { message });
      } catch (error) {
        // Most often a colleague was first: the page shows how it stands now, and says so.
        if (!(error instanceof Refused)) throw error;
        const again = await open(deps, shape, token);
        if ('problem' in again) return sayWhy(reply, again.problem);
        return show(request, reply.code(409), again, { message: error.message, kept });
      }
    });
  };
}

interface Opened<T> {
  readonly id: string;
  readonly document: T;
  /** Whose link it is. */
  readonly person: Person;
}

type Problem = 'expired' | 'invalid' | { readonly closedBecause: string };

async function open<T>(
  deps: Deps,
  { findById, closedBecause }: Pick<PhoneDocument<T, never>, 'findById' | 'closedBecause'>,
  token: string,
): Promise<Opened<T> | { readonly problem: Problem }> {
  const reading = deps.rules.readToken(token);
  if ('problem' in reading) return reading;
  const person = await deps.people.findById(reading.personId);
  const document =
    person && !person.isDisabled ? await findById(reading.alertId, person) : undefined;
  if (document === undefined || !person) return { problem: 'invalid' };
  const closed = closedBecause?.(document);
  if (closed !== undefined) return { problem: { closedBecause: closed } };
  return { id: reading.alertId, document, person };
}
