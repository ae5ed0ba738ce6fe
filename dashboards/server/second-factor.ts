import {
  actorOf,
  amend,
  beijingMinute,
  digestOf,
  MINUTE_MS,
  newId,
  Refused,
  type Person,
} from '#core';
import type { ServerDeps, ServerLimits } from './deps.ts';
import { FieldRefused } from './errors.ts';
import { recordAct } from './record-act.ts';
import { seal, unseal } from './sealing.ts';
import { matchTotp, newTotpSecret, toBase32, totpLink } from './totp.ts';

export type FactorDeps = Pick<
  ServerDeps,
  'people' | 'signInTries' | 'realNow' | 'secondFactorKey' | 'officeName' | 'audit' | 'now'
> & { readonly limits: ServerLimits };

/** A secret that was shown and never confirmed is forgotten. */
const OFFER_MS = 30 * MINUTE_MS;

/** Shown once, to the person whose it is. */
export interface OfferedFactor {
  readonly secret: string;
  readonly link: string;
}

/** @throws {Refused} when there is one already: whoever sits before an open session must not replace it */
export async function offerFactor(deps: FactorDeps, person: Person): Promise<OfferedFactor> {
  const secret = newTotpSecret();
  const sealed = seal(secret, deps.secondFactorKey, person.id);
  await amend(deps.people, person.id, (found) => {
    if (found.secondFactor) throw alreadySet();
    return { ...found, offeredFactor: { sealed, at: deps.realNow() } };
  });
  const inFours = toBase32(secret).match(/.{4}/g) ?? [];
  return {
    secret: inFours.join(' '),
    link: totpLink(secret, deps.officeName, person.signInName),
  };
}

/** The first code proves that the authenticator has the secret. @throws {FieldRefused | Refused} */
export async function confirmFactor(
  deps: FactorDeps,
  person: Person,
  code: string,
): Promise<Person> {
  await countTry(deps, person);
  const at = deps.realNow();
  const { offeredFactor, secondFactor } = person;
  if (secondFactor) throw alreadySet();
  if (!offeredFactor || at.getTime() - offeredFactor.at.getTime() > OFFER_MS) {
    throw new Refused('FACTOR_NOT_OFFERED', '密钥已过期，请重新开始设置');
  }
  const { sealed } = offeredFactor;
  const usedStep = stepOf(deps, person.id, sealed, { code, at, usedStep: undefined });
  if (usedStep === undefined) throw new FieldRefused('code', WRONG);
  await recordAct(deps, actorOf(person), {
    act: '设置动态口令',
    target: `person:${person.id}`,
    detail: person.name,
  });
  const changed = await amend(deps.people, person.id, (found) => {
    if (found.secondFactor || found.offeredFactor?.sealed !== sealed) throw alreadySet();
    const { offeredFactor: _, ...rest } = found;
    return { ...rest, secondFactor: { sealed, since: at, usedStep } };
  });
  await deps.signInTries.clear(keyOf(person));
  return changed;
}

/** Uses up the code of this moment. @throws {Refused} when it is wrong, was used, or there is nothing to check it by */
export async function proveFactor(
  deps: FactorDeps,
  { id }: Person,
  code: string | undefined,
): Promise<void> {
  const person = await deps.people.findById(id);
  if (!person?.secondFactor) throw new Refused('FACTOR_NOT_SET', NOT_SET, 'forbidden');
  if (!code) throw new Refused('FACTOR_CODE_NEEDED', '这一步须输入动态口令（6 位数字）', 'invalid');
  await countTry(deps, person);
  const at = deps.realNow();
  let isRight = false;
  // Read and used up in one write: of two taps with one code, one counts.
  await amend(deps.people, id, (found) => {
    const { secondFactor } = found;
    isRight = false;
    if (!secondFactor) return undefined;
    const { sealed, usedStep } = secondFactor;
    const step = stepOf(deps, id, sealed, { code, at, usedStep });
    if (step === undefined) return undefined;
    isRight = true;
    return { ...found, secondFactor: { ...secondFactor, usedStep: step } };
  });
  if (!isRight) {
    await recordWrong(deps, person);
    throw new Refused('FACTOR_CODE_WRONG', WRONG, 'forbidden');
  }
  await deps.signInTries.clear(keyOf(person));
}

/** Takes it away, so that the person can set up another; nobody can read it. */
export async function resetFactor(deps: FactorDeps, by: Person, person: Person): Promise<Person> {
  await recordAct(deps, actorOf(by), {
    act: '重置动态口令',
    target: `person:${person.id}`,
    detail: person.name,
  });
  return await amend(deps.people, person.id, (found) => {
    const { secondFactor: _used, offeredFactor: _offered, ...rest } = found;
    return rest;
  });
}

const WRONG = '动态口令不对或者已经用过，请输入验证器上现在显示的 6 位数字';
const NOT_SET =
  '这一步须输入动态口令，您还没有设置：请在电脑上登录，点右上角“动态口令”设置，一分钟即可';

const alreadySet = (): Refused =>
  new Refused('FACTOR_SET', '动态口令已经设置；换手机的，请系统管理员重置后再设置');

/** Of its own: whoever guesses codes behind a forwarded link must not lock its owner out of signing in. */
const keyOf = ({ id }: Person): string => digestOf(`factor ${id}`);

/** Counted before the code is looked at, as a password is. @throws {Refused} when there were too many */
async function countTry({ signInTries, realNow, limits }: FactorDeps, person: Person) {
  const { signInTries: most, signInLockMs } = limits;
  const tries = await signInTries.countTry(keyOf(person), realNow(), most, signInLockMs);
  if (tries.count <= most) return;
  const until = beijingMinute(new Date(tries.lastAt.getTime() + signInLockMs)).slice(11);
  throw new Refused('FACTOR_LOCKED', `动态口令连续输错次数过多，锁定至 ${until}`, 'forbidden');
}

function stepOf(
  { secondFactorKey }: FactorDeps,
  personId: string,
  sealed: string,
  { code, ...moment }: { code: string; at: Date; usedStep: number | undefined },
): number | undefined {
  const secret = unseal(sealed, secondFactorKey, personId);
  return secret && matchTotp(secret, code.replaceAll(/\s/g, ''), moment);
}

async function recordWrong({ audit, now }: FactorDeps, person: Person): Promise<void> {
  await audit.append({
    id: newId(),
    at: now(),
    actor: actorOf(person),
    act: '输入动态口令',
    target: `person:${person.id}`,
    detail: '不对或者已经用过',
    result: 'refused',
  });
}
