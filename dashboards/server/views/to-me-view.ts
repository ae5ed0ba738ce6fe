import type { Person } from '#core';
import type { MeView } from '#contract';
import type { ServerDeps } from '../deps.ts';
import type { Session } from '../ports.ts';
import { toPersonView } from './to-person-view.ts';

export function toMeView(
  deps: Pick<ServerDeps, 'channels' | 'officeName' | 'drill'>,
  person: Person,
  session: Session,
): MeView {
  return {
    person: toPersonView(person, deps.channels),
    mustChangePassword: person.mustChangePassword,
    csrfToken: session.csrfToken,
    isDrill: deps.drill !== undefined,
    officeName: deps.officeName,
  };
}
