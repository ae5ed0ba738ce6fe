import { NotFound, type Person } from '#core';
import type { DrillView } from '#contract';
import type { ServerDeps } from '#server';

/** A drill whose clock stands where it is put, with the people given. */
export function aDrill(people: readonly Person[] = []): NonNullable<ServerDeps['drill']> {
  let view: DrillView = {
    title: '滨河区停水',
    now: '2026-11-23T18:18:00.000Z',
    speed: 20,
    isPaused: false,
    mailUrl: 'http://127.0.0.1:8025/',
    cityUrl: 'http://127.0.0.1:8080/',
    people: people.map(({ id, name, roles }) => ({ id, name, roles: [...roles] })),
    script: { isActing: false, isSkipping: false, acts: [] },
  };
  return {
    view: () => view,
    setClock: ({ speed, isPaused }) => {
      view = { ...view, speed: speed ?? view.speed, isPaused: isPaused ?? view.isPaused };
    },
    play: async (personId) => {
      const person = people.find(({ id }) => id === personId);
      if (!person) throw new NotFound('演练人员', personId);
      return person;
    },
  };
}
