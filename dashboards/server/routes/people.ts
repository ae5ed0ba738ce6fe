import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actorOf, amend, NotFound, Refused, type Person } from '#core';
import { NewPersonView, PersonBody, PersonParams, PersonView } from '#contract';
import { personOf } from '../access.ts';
import { addPerson, checkNameIsFree, inWords, personFieldsOf } from '../accounts.ts';
import type { ServerDeps } from '../deps.ts';
import { hashPassword, newOneTimePassword } from '../password.ts';
import { recordAct } from '../record-act.ts';
import type { Sessions } from '../sessions.ts';
import { toPersonView } from '../views/to-person-view.ts';

type Deps = Pick<ServerDeps, 'people' | 'channels' | 'audit' | 'now'> & {
  readonly sessions: Sessions;
};
const ADMINISTRATOR = ['sysAdmin'] as const;

/** GET /api/v1/people: everybody of the office, with what is needed to call them. */
export function getPeople({ people, channels }: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '人员', response: { 200: z.array(PersonView) } };
    app.get('/api/v1/people', { schema }, async () =>
      (await people.listAll()).map((person) => toPersonView(person, channels)),
    );
  };
}

/** POST /api/v1/people: a new account with a one-time password, shown this once. */
export function postPerson(deps: Deps): FastifyPluginAsyncZod {
  const { channels } = deps;
  return async (app) => {
    const schema = { summary: '新增人员', body: PersonBody, response: { 201: NewPersonView } };
    const config = { access: ADMINISTRATOR, act: '新增人员' };
    app.post('/api/v1/people', { schema, config }, async (request, reply) => {
      const by = actorOf(personOf(request));
      const { person, oneTimePassword } = await addPerson(deps, by, request.body);
      return reply.code(201).send({ person: toPersonView(person, channels), oneTimePassword });
    });
  };
}

/** PUT /api/v1/people/:personId */
export function putPerson(deps: Deps): FastifyPluginAsyncZod {
  const { people, channels, sessions } = deps;
  return async (app) => {
    const schema = {
      summary: '修改人员',
      params: PersonParams,
      body: PersonBody,
      response: { 200: PersonView },
    };
    const config = { access: ADMINISTRATOR, act: '修改人员' };
    app.put('/api/v1/people/:personId', { schema, config }, async (request) => {
      const { personId } = request.params;
      const fields = personFieldsOf(request.body);
      const before = await findPerson(people, personId);
      await checkNameIsFree(people, fields.signInName, personId);
      const after: Person = { ...withoutContacts(before), ...fields };
      await checkAdministratorStays(people, before, after);
      await recordAct(deps, actorOf(personOf(request)), {
        act: '修改人员',
        target: `person:${personId}`,
        detail: inWords(after),
      });
      const changed = await amend(people, personId, (found) => ({
        ...withoutContacts(found),
        ...fields,
      }));
      // Rights that were taken away end with the sessions that had them.
      if (personId !== personOf(request).id) await sessions.closeOfPerson(personId);
      return toPersonView(changed, channels);
    });
  };
}

/** POST /api/v1/people/:personId/password-reset: a new one-time password; their sessions end. */
export function postPasswordReset(deps: Deps): FastifyPluginAsyncZod {
  const { people, channels, sessions } = deps;
  return async (app) => {
    const schema = {
      summary: '重置密码',
      params: PersonParams,
      response: { 200: NewPersonView },
    };
    const config = { access: ADMINISTRATOR, act: '重置密码' };
    app.post('/api/v1/people/:personId/password-reset', { schema, config }, async (request) => {
      const person = await findPerson(people, request.params.personId);
      const oneTimePassword = newOneTimePassword();
      const passwordHash = await hashPassword(oneTimePassword);
      await recordAct(deps, actorOf(personOf(request)), {
        act: '重置密码',
        target: `person:${person.id}`,
        detail: person.name,
      });
      const changed = await amend(people, person.id, (found) => ({
        ...found,
        passwordHash,
        mustChangePassword: true,
      }));
      await sessions.closeOfPerson(person.id);
      return { person: toPersonView(changed, channels), oneTimePassword };
    });
  };
}

async function findPerson(people: Deps['people'], id: string): Promise<Person> {
  const person = await people.findById(id);
  if (!person) throw new NotFound(people.kind, id);
  return person;
}

/** Nobody may lock the office out of its own accounts. */
async function checkAdministratorStays(
  people: Deps['people'],
  before: Person,
  after: Person,
): Promise<void> {
  const administers = (person: Person): boolean =>
    !person.isDisabled && person.roles.includes('sysAdmin');
  if (!administers(before) || administers(after)) return;
  const others = (await people.listAll()).filter(({ id }) => id !== before.id);
  if (!others.some(administers)) {
    throw new Refused('LAST_ADMINISTRATOR', '这是唯一的系统管理员，不能停用或改换角色');
  }
}

/** An address that is left out is taken away. */
function withoutContacts({ email: _email, phone: _phone, ...person }: Person): Person {
  return person;
}
