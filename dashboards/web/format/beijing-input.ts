import { HOUR_MS } from './time.ts';

const SHIFT_MS = 8 * HOUR_MS;

/** A moment for an input of type `datetime-local`, which knows no zone: offices write Beijing time. */
export const toLocal = (iso: string | undefined): string =>
  iso ? new Date(Date.parse(iso) + SHIFT_MS).toISOString().slice(0, 16) : '';

/** @param local `2026-11-24T08:42`, Beijing time whatever zone the computer is set to */
export const toIso = (local: string): string => new Date(`${local}:00+08:00`).toISOString();
