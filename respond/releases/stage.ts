import { amend, type Stage } from '#core';
import type { ReleaseRegister, ReleaseStore } from '../ports.ts';
import { corrected } from './correct-release.ts';
import { ReleaseRegisterEntrySchema, type ReleaseRegisterEntry } from './release.ts';

/** Publications, corrections and withdrawals are written into the register, in the order in which they happened. */
export function createRegisterStage(register: ReleaseRegister): Stage<ReleaseRegisterEntry> {
  return {
    name: 'release-register',
    schema: ReleaseRegisterEntrySchema,
    async process(entries) {
      for (const entry of entries) await register.append(entry);
    },
  };
}

/** A text is corrected once the correction stands in the log: it was published, whatever stopped afterwards. */
export function createCorrectionStage(releases: ReleaseStore): Stage<ReleaseRegisterEntry> {
  return {
    name: 'release-corrections',
    schema: ReleaseRegisterEntrySchema,
    async process(entries) {
      for (const { kind, about, releaseId, releasedAt } of entries) {
        if (kind !== 'correction' || !about) continue;
        if (!(await releases.findById(about.releaseId))) continue;
        await amend(releases, about.releaseId, (one) => corrected(one, releaseId, releasedAt));
      }
    },
  };
}
