import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { actorOf, type Person } from '#core';
import { DutyBody, DutyView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { FieldRefused } from '../errors.ts';
import { readDutyParts, type DutyReadDeps } from '../reads/read-duty.ts';
import { recordAct } from '../record-act.ts';
import { toDutyView } from '../views/to-person-view.ts';

type Deps = DutyReadDeps & Pick<ServerDeps, 'audit' | 'now'>;

/** GET and PUT /api/v1/duty: who is called first and second, and what stands in the way of it. */
export function duty(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const response = { 200: DutyView };
    app.get('/api/v1/duty', { schema: { summary: '值班', response } }, async () =>
      toDutyView(await readDutyParts(deps)),
    );

    const schema = { summary: '排班', body: DutyBody, response };
    const config = { access: ['sysAdmin'], act: '排班' } as const;
    app.put('/api/v1/duty', { schema, config }, async (request) => {
      const { firstId, secondId } = request.body;
      const people = await deps.people.listAll();
      const first = seatOf(people, 'firstId', firstId);
      const second = seatOf(people, 'secondId', secondId);
      if (first && first === second) throw new FieldRefused('secondId', '第二值班员须另有其人');
      await recordAct(deps, actorOf(personOf(request)), {
        act: '排班',
        target: 'duty',
        detail: `值班员 ${first?.name ?? '无'}，第二值班员 ${second?.name ?? '无'}`,
      });
      await deps.duty.save({ firstId, secondId });
      return toDutyView(await readDutyParts(deps));
    });
  };
}

function seatOf(
  people: readonly Person[],
  path: string,
  id: string | undefined,
): Person | undefined {
  if (!id) return undefined;
  const person = people.find((one) => one.id === id);
  if (!person) throw new FieldRefused(path, '没有这个人');
  if (person.isDisabled) throw new FieldRefused(path, `${person.name}的账号已停用`);
  if (!person.roles.includes('dutyOfficer')) {
    throw new FieldRefused(path, `${person.name}不是值班员，请先为其设置角色`);
  }
  return person;
}
