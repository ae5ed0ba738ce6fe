import { amend, beijingMinute, durationInWords, MACHINE, type Stage } from '#core';
import type { ReleaseStore } from '../ports.ts';
import {
  ReleaseRegisterEntrySchema,
  type Release,
  type ReleaseRegisterEntry,
} from '../releases/release.ts';
import { withNote } from '../with-note.ts';
import { clarificationMs, type RumorCase, type RumorStore } from './rumor-case.ts';

/** A claim is clarified once the publication of its release stands in the log, whatever stopped afterwards. */
export function createClarificationStage(deps: {
  readonly rumors: RumorStore;
  readonly releases: Pick<ReleaseStore, 'findById'>;
}): Stage<ReleaseRegisterEntry> {
  const { rumors, releases } = deps;
  return {
    name: 'rumor-clarifications',
    schema: ReleaseRegisterEntrySchema,
    async process(entries) {
      for (const entry of entries) {
        const release = await releases.findById(entry.releaseId);
        const rumorId = release?.clarifies?.rumorId;
        if (!release || !rumorId || !(await rumors.findById(rumorId))) continue;
        await amend(rumors, rumorId, (rumor) => withRegistered(rumor, release, entry));
      }
    },
  };
}

/** The case as a register entry of its release leaves it; undefined where it says nothing new. */
export function withRegistered(
  rumor: RumorCase,
  release: Pick<Release, 'id' | 'title' | 'createdAt'>,
  { kind = 'publication', releasedAt, enteredAt, publisher }: ReleaseRegisterEntry,
): RumorCase | undefined {
  const { id: releaseId, title } = release;
  const known = rumor.clarifications.find((one) => one.releaseId === releaseId);
  const before = known ?? { releaseId, draftedAt: release.createdAt };
  const isWithdrawal = kind === 'withdrawal';
  // Published on a second channel, or told twice.
  if (isWithdrawal ? before.withdrawnAt : before.publishedAt) return undefined;
  const after = isWithdrawal
    ? { ...before, withdrawnAt: releasedAt }
    : { ...before, publishedAt: releasedAt };
  const clarifications = known
    ? rumor.clarifications.map((one) => (one === known ? after : one))
    : [...rumor.clarifications, after];
  const isAwaited = ['confirmedFalse', 'misleading', 'clarifying'].includes(rumor.state);
  const next: RumorCase = {
    ...rumor,
    clarifications,
    state: isAwaited && !isWithdrawal ? 'clarified' : rumor.state,
  };
  const ms = clarificationMs(next);
  const took = ms === undefined || isWithdrawal ? '' : `，距首次发现${durationInWords(ms)}`;
  const what = isWithdrawal
    ? `澄清稿《${title}》已撤回（${publisher}登记）`
    : `${beijingMinute(releasedAt)} 发布澄清《${title}》（${publisher}登记）${took}`;
  return withNote(next, 'rumor', { actor: MACHINE, at: enteredAt ?? releasedAt, what });
}
