import { onUnmounted, ref } from 'vue';
import { StreamMessage } from '../contract/index.ts';

const FAILURES_BEFORE_POLLING = 3;
const POLL_MS = 15_000;
/** Changes come in bursts; one look answers them all. */
const GATHER_MS = 250;

/** Whether changes come by themselves; when not, the page looks every 15 s and says so. */
export const isLive = ref(true);

/**
 * Calls `look` when something of these kinds changed, for as long as the component lives.
 */
export function whenChanged(kinds: readonly StreamMessage['kind'][], look: () => void): void {
  let failures = 0;
  let polling: ReturnType<typeof setInterval> | undefined;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      look();
    }, GATHER_MS);
  };
  const stream = new EventSource('/api/v1/stream');
  stream.addEventListener('open', () => {
    failures = 0;
    isLive.value = true;
    clearInterval(polling);
    polling = undefined;
    soon();
  });
  stream.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const message = StreamMessage.safeParse(JSON.parse(data));
    if (message.success && (message.data.kind === 'all' || kinds.includes(message.data.kind)))
      soon();
  });
  stream.addEventListener('error', () => {
    failures += 1;
    if (failures < FAILURES_BEFORE_POLLING || polling) return;
    isLive.value = false;
    polling = setInterval(look, POLL_MS);
  });
  onUnmounted(() => {
    stream.close();
    clearInterval(polling);
    clearTimeout(gathering);
  });
}
