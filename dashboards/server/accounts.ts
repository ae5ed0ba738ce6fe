import { ADMIN_ROLES, newId, RoleSchema, type Now, type Person, type PersonStore } from '#core';
import type { PersonBody } from '#contract';
import { FieldRefused } from './errors.ts';
import { hashPassword, newOneTimePassword } from './password.ts';

/**
 * The first account: a system administrator, for accounts and settings only.
 *
 * @returns the one-time password, to be shown once; undefined when there are people already
 */
export async function createFirstAdministrator(
  people: PersonStore,
  now: Now,
): Promise<{ readonly person: Person; readonly oneTimePassword: string } | undefined> {
  if ((await people.listAll()).length > 0) return undefined;
  const oneTimePassword = newOneTimePassword();
  const person: Person = {
    id: newId(),
    revision: 1,
    effects: [],
    name: '系统管理员',
    signInName: 'admin',
    unit: '',
    roles: ['sysAdmin'],
    passwordHash: await hashPassword(oneTimePassword),
    mustChangePassword: true,
    isDisabled: false,
    createdAt: now(),
  };
  await people.create(person);
  return { person, oneTimePassword };
}

/** What an administrator writes of a person, checked. @throws {FieldRefused} */
export function personFieldsOf(
  body: PersonBody,
): Pick<Person, 'name' | 'signInName' | 'unit' | 'roles' | 'isDisabled'> &
  Partial<Pick<Person, 'email' | 'phone'>> {
  const { email, phone, roles: named, ...others } = body;
  const roles = named.map((role) => {
    const parsed = RoleSchema.safeParse(role);
    if (!parsed.success) throw new FieldRefused('roles', `没有“${role}”这个角色`);
    return parsed.data;
  });
  const administers = roles.some((role) => ADMIN_ROLES.includes(role));
  if (administers && new Set(roles).size > 1) {
    throw new FieldRefused('roles', '三员互斥：管理员不能兼任其他角色');
  }
  return {
    ...others,
    roles: [...new Set(roles)],
    ...(email && { email }),
    ...(phone && { phone }),
  };
}
