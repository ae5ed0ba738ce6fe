import { HOUR_MS, MINUTE_MS } from '#core';
import type { ServerLimits } from './deps.ts';

/** Product defaults (domain/limits-and-security.md 7.3); each can be set. */
const DEFAULT_LIMITS: ServerLimits = {
  requestsPerMinute: 600,
  signInsPerMinute: 20,
  previewsPerMinute: 6,
  signInTries: 5,
  signInLockMs: 15 * MINUTE_MS,
  sessionIdleMs: 15 * MINUTE_MS,
  sessionMostMs: 12 * HOUR_MS,
};

export const limitsOf = (set: Partial<ServerLimits> | undefined): ServerLimits => ({
  ...DEFAULT_LIMITS,
  ...set,
});
