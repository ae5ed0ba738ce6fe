import type { AlertView } from '../../contract/index.ts';

const PLACES = { source: '/sources', countdown: '/countdowns', system: '/people' } as const;

/** The page where what an alert is about can be seen whole. */
export const placeOf = ({ about, eventId }: Pick<AlertView, 'about' | 'eventId'>): string =>
  about === 'event' ? `/events/${eventId ?? ''}` : PLACES[about];
