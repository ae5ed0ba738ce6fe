import { describe, expect, test } from 'vitest';
import { anOffice } from './support.ts';

const WANG = {
  name: '王五',
  signInName: 'wang.wu',
  roles: ['dutyOfficer'],
  email: 'w@example.invalid',
};

async function anAdministratedOffice() {
  const office = await anOffice();
  const chief = await office.hire('周管理', ['sysAdmin']);
  const headers = await office.signIn(chief);
  return {
    ...office,
    chief,
    headers,
    add: (body: object) =>
      office.app.inject({ method: 'POST', url: '/api/v1/people', headers, payload: body }),
    put: (id: string, body: object) =>
      office.app.inject({ method: 'PUT', url: `/api/v1/people/${id}`, headers, payload: body }),
  };
}

test('a new person signs in with the one-time password, once it was shown, and must change it', async () => {
  const { app, add, signIn, deps, acts } = await anAdministratedOffice();
  const answer = await add(WANG);
  expect(answer.statusCode).toBe(201);
  const { person, oneTimePassword } = answer.json();
  expect(person).toMatchObject({ name: '王五', isReachable: true });
  expect(await acts()).toContainEqual(
    expect.objectContaining({
      actor: expect.objectContaining({ name: '周管理' }),
      act: '新增人员',
      target: `person:${person.id}`,
      detail: '王五：值班员',
      result: 'done',
    }),
  );

  const stored = await deps.people.findById(person.id);
  expect(stored?.passwordHash).not.toContain(oneTimePassword);
  if (!stored) throw new Error('not stored');
  const headers = await signIn(stored, oneTimePassword);
  const desk = await app.inject({ url: '/api/v1/desk', headers });
  expect(desk.json().code).toBe('MUST_CHANGE_PASSWORD');
});

test('no list of people carries a password', async () => {
  const { app, headers, add } = await anAdministratedOffice();
  await add(WANG);
  const { body } = await app.inject({ url: '/api/v1/people', headers });
  expect(body).toContain('王五');
  expect(body).not.toMatch(/scrypt|password/i);
});

describe('an account is refused', () => {
  test.for([
    ['with an administrator that also handles matters', ['sysAdmin', 'handler']],
    ['with two administrators in one', ['sysAdmin', 'auditAdmin']],
    ['with a role that does not exist', ['emperor']],
  ] as const)('%s', async ([, roles]) => {
    const { add } = await anAdministratedOffice();
    const answer = await add({ ...WANG, roles });
    expect(answer.json()).toMatchObject({ status: 400, fields: [{ path: 'roles' }] });
  });

  test('under a name that is taken', async () => {
    const { add, put, hire, acts } = await anAdministratedOffice();
    await add(WANG);
    expect((await add({ ...WANG, name: '另一个' })).json()).toMatchObject({
      status: 409,
      title: '登录名 wang.wu 已被使用',
    });
    const li = await hire('李四', ['handler']);
    expect((await put(li.id, WANG)).statusCode).toBe(409);
    expect((await acts()).filter(({ result }) => result === 'refused')).toHaveLength(2);
  });
});

test('a changed account: its sessions end, an address left out is gone, its password stays', async () => {
  const { app, put, hire, signIn, deps } = await anAdministratedOffice();
  const li = await hire('李四', ['handler'], { email: 'li@example.invalid' });
  const his = await signIn(li);
  const answer = await put(li.id, { name: '李四', signInName: li.signInName, roles: ['liaison'] });
  expect(answer.json()).toMatchObject({ roles: [{ role: 'liaison' }], isReachable: false });
  expect((await deps.people.findById(li.id))?.email).toBeUndefined();
  expect((await app.inject({ url: '/api/v1/me', headers: his })).statusCode).toBe(401);
  await signIn(li);
});

test('the only system administrator cannot shut the office out', async () => {
  const { put, chief, hire } = await anAdministratedOffice();
  const body = { name: '周管理', signInName: chief.signInName, roles: ['sysAdmin'] };
  expect((await put(chief.id, { ...body, isDisabled: true })).json().code).toBe(
    'LAST_ADMINISTRATOR',
  );
  expect((await put(chief.id, { ...body, roles: ['handler'] })).json().code).toBe(
    'LAST_ADMINISTRATOR',
  );
  await hire('吴管理', ['sysAdmin']);
  expect((await put(chief.id, { ...body, isDisabled: true })).statusCode).toBe(200);
});

test('a reset password lets in once more and ends the sessions of the old one', async () => {
  const { app, headers, hire, signIn } = await anAdministratedOffice();
  const li = await hire('李四', ['handler']);
  const his = await signIn(li);
  const url = `/api/v1/people/${li.id}/password-reset`;
  const { oneTimePassword } = (await app.inject({ method: 'POST', url, headers })).json();
  expect((await app.inject({ url: '/api/v1/me', headers: his })).statusCode).toBe(401);
  await expect(signIn(li)).rejects.toThrow('登录名或密码不对');
  await signIn(li, oneTimePassword);
});

describe('the duty', () => {
  test('says at every rung what stands in the way of reaching somebody', async () => {
    const { app, headers, hire } = await anAdministratedOffice();
    const first = await hire('张三', ['dutyOfficer'], { email: 'z@example.invalid' });
    const second = await hire('王五', ['dutyOfficer'], { phone: '12345' });
    const get = async () => (await app.inject({ url: '/api/v1/duty', headers })).json();
    expect((await get()).gaps).toEqual([
      '值班员未排班',
      '第二值班员未排班',
      '无人担任舆情工作负责人',
      '无人担任分管领导',
    ]);

    const payload = { firstId: first.id, secondId: second.id };
    const put = await app.inject({ method: 'PUT', url: '/api/v1/duty', headers, payload });
    expect(put.json()).toMatchObject({ first: { name: '张三' }, second: { name: '王五' } });
    await hire('陈主任', ['opinionLead']);
    await hire('刘副市长', ['deputyLeader'], { email: 'l@example.invalid' });
    expect((await get()).gaps).toEqual([
      '第二值班员 王五 没有可用的联系方式',
      '舆情工作负责人 陈主任 没有可用的联系方式',
    ]);
  });

  test('is kept only by people who can keep it', async () => {
    const { app, headers, hire, deps } = await anAdministratedOffice();
    const zhang = await hire('张三', ['dutyOfficer']);
    const gone = await hire('孙七', ['dutyOfficer'], { isDisabled: true });
    const handler = await hire('赵六', ['handler']);
    for (const payload of [
      { firstId: 'nobody' },
      { firstId: gone.id },
      { firstId: handler.id },
      { firstId: zhang.id, secondId: zhang.id },
    ]) {
      const answer = await app.inject({ method: 'PUT', url: '/api/v1/duty', headers, payload });
      expect(answer.statusCode).toBe(400);
    }
    expect(await deps.duty.current()).toEqual({});
  });
});
