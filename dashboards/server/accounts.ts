import {
  ADMIN_ROLES,
  newId,
  NotFound,
  Refused,
  ROLE_WORDS,
  RoleSchema,
  type Actor,
  type AuditTrail,
  type Now,
  type Person,
  type PersonStore,
} from '#core';
import type { PersonBody } from '#contract';
import { FieldRefused } from './errors.ts';
import { hashPassword, newOneTimePassword } from './password.ts';
import { recordAct } from './record-act.ts';

/** An account with its one-time password, which is shown once and stored nowhere. */
export interface NewAccount {
  readonly person: Person;
  readonly oneTimePassword: string;
}

/** The first account: a system administrator, for accounts and settings only. Undefined when there are people. */
export async function createFirstAdministrator(
  people: PersonStore,
  now: Now,
): Promise<NewAccount | undefined> {
  if ((await people.listAll()).length > 0) return undefined;
  const account = await newAccount(
    {
      name: '系统管理员',
      signInName: 'admin',
      unit: '',
      roles: ['sysAdmin'],
      isDisabled: false,
    },
    now(),
  );
  await people.create(account.person);
  return account;
}

/**
 * Adds a person of the office and writes down who did.
 *
 * @throws {FieldRefused} @throws {Refused} when the name is taken
 */
export async function addPerson(
  deps: { readonly people: PersonStore; readonly audit: AuditTrail; readonly now: Now },
  by: Actor,
  body: PersonBody,
): Promise<NewAccount> {
  const account = await newAccount(personFieldsOf(body), deps.now());
  const { person } = account;
  await checkNameIsFree(deps.people, person.signInName);
  await recordAct(deps, by, {
    act: '新增人员',
    target: `person:${person.id}`,
    detail: inWords(person),
  });
  await deps.people.create(person);
  return account;
}

/** @throws {NotFound} */
export async function findPerson(people: PersonStore, id: string): Promise<Person> {
  const person = await people.findById(id);
  if (!person) throw new NotFound(people.kind, id);
  return person;
}

/** @throws {Refused} when another person signs in by this name */
export async function checkNameIsFree(
  people: PersonStore,
  signInName: string,
  ownId?: string,
): Promise<void> {
  const holder = await people.findBySignInName(signInName);
  if (holder && holder.id !== ownId) {
    throw new Refused('SIGN_IN_NAME_TAKEN', `登录名 ${signInName} 已被使用`);
  }
}

/** 王五：值班员、联络员（停用） */
export function inWords({ name, roles, isDisabled }: Person): string {
  const words = roles.map((role) => ROLE_WORDS[role]).join('、');
  return `${name}：${words}${isDisabled ? '（停用）' : ''}`;
}

type PersonFields = Pick<Person, 'name' | 'signInName' | 'unit' | 'roles' | 'isDisabled'> &
  Partial<Pick<Person, 'email' | 'phone'>>;

/** What an administrator writes of a person, checked. @throws {FieldRefused} */
export function personFieldsOf(body: PersonBody): PersonFields {
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

async function newAccount(fields: PersonFields, createdAt: Date): Promise<NewAccount> {
  const oneTimePassword = newOneTimePassword();
  const person: Person = {
    id: newId(),
    revision: 1,
    effects: [],
    ...fields,
    passwordHash: await hashPassword(oneTimePassword),
    mustChangePassword: true,
    createdAt,
  };
  return { person, oneTimePassword };
}
