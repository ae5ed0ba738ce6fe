import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { actorOf, amend, Refused, type Person } from '#core';
import { PersonBody, PersonParams, PersonView } from '#contract';
import { personOf } from '../access.ts';
import { checkNameIsFree, findPerson, inWords, personFieldsOf } from '../accounts.ts';
import type { ServerDeps } from '../deps.ts';
import { recordAct } from '../record-act.ts';
import type { Sessions } from '../sessions.ts';
import { toPersonView } from '../views/to-person-view.ts';

type Deps = Pick<ServerDeps, 'people' | 'channels' | 'audit' | 'now'> & {
  readonly sessions: Sessions;
};

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
    const config = { access: ['sysAdmin'], act: '修改人员' } as const;
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
