import type { RumorView } from '../../contract/index.ts';
import { durationText, exactText } from './time.ts';

export const RUMOR_TONES: Readonly<Record<string, string>> = {
  claimed: 'warn',
  verifying: 'warn',
  confirmedFalse: 'bad',
  misleading: 'bad',
  confirmedTrue: 'bad',
  clarifying: 'warn',
  clarified: 'ok',
  closed: 'plain',
};

/** How long the public has waited, or did. */
export function waitText(
  { firstSeenAt, clarificationMs, isOpen, state }: RumorView,
  nowMs: number,
): string {
  const since = `${exactText(firstSeenAt).slice(0, 16)} 首次发现`;
  if (clarificationMs !== undefined) return `${since}，${durationText(clarificationMs)}后发布澄清`;
  if (!isOpen || state === 'tracking' || state === 'unverified') return since;
  return `${since}，已过 ${durationText(nowMs - Date.parse(firstSeenAt))}，还没有澄清`;
}

const ended = (words: string): string => (/[。！？!?]$/.test(words) ? words : `${words}。`);

/** What a clarification begins with: the claim, the verdict and its reason; a person writes the rest. */
export function clarificationDraft({ claimText, verdicts, evidence }: RumorView): {
  title: string;
  text: string;
  facts: string;
} {
  const verdict = verdicts.at(-1);
  const name = verdict?.verdictName ?? '';
  const claim = claimText.replace(/[。！？!?]+$/, '');
  return {
    title: '关于网传信息的核实情况',
    text: `有信息称“${claim}”。经核实，该说法${name}：${ended(verdict?.reason ?? '')}`,
    facts: evidence.map(({ text, source }) => `${text}（${source}）`).join('\n'),
  };
}
