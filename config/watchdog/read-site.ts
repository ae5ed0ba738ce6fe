import { ReadinessView } from '#contract';
import type { Poster } from '../../alert/adapters/channels/http-post.ts';
import type { SiteSeen } from './watch-reading.ts';

/** Asks the product whether it is ready; never throws. */
export async function readSite(url: string, poster: Poster): Promise<SiteSeen> {
  const answer = await poster.post({ url: new URL('/readyz', url), method: 'GET' });
  if (answer.kind === 'notSent') return { kind: 'noAnswer', why: answer.why };
  if (answer.kind === 'noAnswer') return { kind: 'noAnswer', why: '连上了但没有及时回答' };
  const view = ReadinessView.safeParse(fromJson(answer.text));
  // A proxy in between answers in its own words.
  if (!view.success) return { kind: 'noAnswer', why: `回答的是 HTTP ${answer.status}` };
  return view.data.isReady ? { kind: 'ready' } : { kind: 'notReady', failing: view.data.failing };
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
