import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase, SqliteAuditTrail, SqlitePersonStore } from '#core/sqlite';
import { addUser, type NewUser } from '../../config/add-user.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { SqliteDutyStore } from '../../dashboards/server/adapters/sqlite-duty-store.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ZHANG: NewUser = { signInName: 'zhang', name: '张三', role: ['dutyOfficer'], unit: '办公室' };
const settingsFor = (folder: string) => SettingsSchema.parse({ storage: { folder } });

test('a person who is added is on record, on duty when asked, and has a password to change', async () => {
  const folder = join(tempFolder(), 'data');
  const { person, oneTimePassword } = await addUser(settingsFor(folder), {
    ...ZHANG,
    duty: 'second',
  });
  expect(oneTimePassword.length).toBeGreaterThan(12);

  const database = openDatabase(join(folder, 'records.db'));
  try {
    const found = await new SqlitePersonStore(database).findBySignInName('zhang');
    expect(found).toMatchObject({ name: '张三', unit: '办公室', mustChangePassword: true });
    expect(JSON.stringify(found)).not.toContain(oneTimePassword);
    expect(await new SqliteDutyStore(database).current()).toMatchObject({ secondId: person.id });
    const [act] = await new SqliteAuditTrail(database).listNewest(10);
    expect(act).toMatchObject({ act: '新增人员', target: `person:${person.id}` });
  } finally {
    database.close();
  }
});

test('a second seat of duty leaves the first as it was', async () => {
  const settings = settingsFor(tempFolder());
  const first = await addUser(settings, { ...ZHANG, duty: 'first' });
  const second = await addUser(settings, { ...ZHANG, signInName: 'li', duty: 'second' });
  const database = openDatabase(join(settings.storage.folder, 'records.db'));
  try {
    expect(await new SqliteDutyStore(database).current()).toMatchObject({
      firstId: first.person.id,
      secondId: second.person.id,
    });
  } finally {
    database.close();
  }
});

test('a sign-in name is given once', async () => {
  const settings = settingsFor(tempFolder());
  await addUser(settings, ZHANG);
  await expect(addUser(settings, { ...ZHANG, name: '张四' })).rejects.toThrow(
    '登录名 zhang 已被使用',
  );
});

test.for([
  {
    wrong: 'a sign-in name in Chinese',
    more: { signInName: '张三' },
    field: { path: 'signInName', reason: '登录名：2–40 位小写字母、数字、. _ -' },
  },
  {
    wrong: 'an address without its end',
    more: { email: 'zhang@' },
    field: { path: 'email', reason: '邮箱地址不完整' },
  },
  {
    wrong: 'a role that does not exist',
    more: { role: ['boss'] },
    field: { path: 'roles', reason: '没有“boss”这个角色' },
  },
  {
    wrong: 'an administrator with business of their own',
    more: { role: ['sysAdmin', 'dutyOfficer'] },
    field: { path: 'roles', reason: '三员互斥：管理员不能兼任其他角色' },
  },
])('$wrong is refused with the field and the reason', async ({ more, field }) => {
  await expect(addUser(settingsFor(tempFolder()), { ...ZHANG, ...more })).rejects.toMatchObject({
    code: 'INVALID',
    fields: [field],
  });
});
