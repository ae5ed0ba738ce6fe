import type { z } from 'zod';
import { CSRF_HEADER, MeView, Problem } from '#contract';

/** What the desk answered when it did not do what was asked. */
export class DeskRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor({ status, code, title, detail, fields = [] }: Problem) {
    const wrong = fields.map(({ path, reason }) => `${path}${reason}`).join('；');
    super([title, detail, wrong].filter(Boolean).join('：'));
    this.status = status;
    this.code = code;
  }
}

/** The product as one person of the sample office has it before them: the same addresses, the same refusals. */
export interface Desk {
  /** @throws {DeskRefusal} */
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  /** @throws {DeskRefusal} */
  post(path: string, body: unknown): Promise<void>;
}

/** The product on this machine, for the people of the sample office. */
export function openDesks(productUrl: string): (personId: string) => Desk {
  const sessions = new Map<string, Promise<Session>>();
  const enter = async (personId: string): Promise<Session> => {
    const answer = await send(productUrl, 'drill/play', { personId });
    const me = MeView.parse(await answer.json());
    const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]);
    return { cookie: cookie.join('; '), [CSRF_HEADER]: me.csrfToken };
  };
  return (personId) => {
    const ask = async (path: string, body?: unknown): Promise<Response> => {
      const session = sessions.get(personId) ?? enter(personId);
      sessions.set(personId, session);
      try {
        return await send(productUrl, path, body, await session);
      } catch (error) {
        // Drill time ends a session early; the next try enters anew.
        sessions.delete(personId);
        throw error;
      }
    };
    return {
      get: async (path, schema) => schema.parse(await (await ask(path)).json()),
      post: async (path, body) => void (await ask(path, body)),
    };
  };
}

type Session = Readonly<Record<string, string>>;

async function send(
  productUrl: string,
  path: string,
  body?: unknown,
  session: Session = {},
): Promise<Response> {
  const isChange = body !== undefined;
  const answer = await fetch(`${productUrl}/api/v1/${path}`, {
    method: isChange ? 'POST' : 'GET',
    headers: { ...session, ...(isChange && { 'content-type': 'application/json' }) },
    ...(isChange && { body: JSON.stringify(body) }),
  });
  if (answer.ok) return answer;
  throw new DeskRefusal(Problem.parse(await answer.json()));
}
