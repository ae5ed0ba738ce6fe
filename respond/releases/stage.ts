import type { Stage } from '#core';
import type { ReleaseRegister } from '../ports.ts';
import { ReleaseRegisterEntrySchema, type ReleaseRegisterEntry } from './release.ts';

/** Publications are written into the register, in the order in which they happened. */
export function createRegisterStage(register: ReleaseRegister): Stage<ReleaseRegisterEntry> {
  return {
    name: 'release-register',
    schema: ReleaseRegisterEntrySchema,
    async process(entries) {
      for (const entry of entries) await register.append(entry);
    },
  };
}
