import type { AlertView } from '../../contract/index.ts';

/** The page where what an alert is about can be seen whole. */
export const placeOf = ({ sourceId, eventId }: Pick<AlertView, 'sourceId' | 'eventId'>): string =>
  sourceId === undefined ? `/events/${eventId}` : '/sources';
