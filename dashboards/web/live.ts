import { onUnmounted, ref } from 'vue';
import { StreamMessage } from '../contract/index.ts';

const FAILURES_BEFORE_POLLING = 3;
const POLL_MS = 15_000;
/** Changes come in bursts; one look answers them all. */
const GATHER_MS = 250;
/** How long to wait before a stream that the server refused is asked for again. */
const REOPEN_MS = 3_000;

type Kind = StreamMessage['kind'];
interface Watcher {
  readonly kinds: readonly Kind[];
  readonly look: () => void;
}

/** Whether changes come by themselves; when not, the page looks every 15 s and says so. */
export const isLive = ref(true);

const watchers = new Set<Watcher>();
let stream: EventSource | undefined;
let failures = 0;
let polling: ReturnType<typeof setInterval> | undefined;
let reopening: ReturnType<typeof setTimeout> | undefined;

/**
 * Calls `look` when something of these kinds changed, for as long as the component lives.
 *
 * @param gatherMs how long changes are gathered; longer where a look asks much of the server
 */
export function whenChanged(kinds: readonly Kind[], look: () => void, gatherMs = GATHER_MS): void {
  let gathering: ReturnType<typeof setTimeout> | undefined;
  const watcher: Watcher = {
    kinds,
    look: () => {
      gathering ??= setTimeout(() => {
        gathering = undefined;
        look();
      }, gatherMs);
    },
  };
  watchers.add(watcher);
  if (!stream) open();
  onUnmounted(() => {
    clearTimeout(gathering);
    watchers.delete(watcher);
    if (watchers.size === 0) close();
  });
}

/** One stream for the whole page: a browser keeps only six connections to a host. */
function open(): void {
  stream = new EventSource('/api/v1/stream');
  stream.addEventListener('open', () => {
    // What changed while nobody listened was not told.
    if (failures > 0) lookEverywhere();
    failures = 0;
    isLive.value = true;
    clearInterval(polling);
    polling = undefined;
  });
  stream.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const message = StreamMessage.safeParse(JSON.parse(data));
    if (!message.success) return;
    const { kind } = message.data;
    for (const { kinds, look } of watchers) if (kind === 'all' || kinds.includes(kind)) look();
  });
  stream.addEventListener('error', () => {
    failures += 1;
    // The browser tries again by itself, except after an answer that was no stream.
    if (stream?.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS);
    if (failures < FAILURES_BEFORE_POLLING || polling) return;
    isLive.value = false;
    polling = setInterval(lookEverywhere, POLL_MS);
  });
}

function close(): void {
  stream?.close();
  stream = undefined;
  clearInterval(polling);
  clearTimeout(reopening);
  polling = undefined;
  failures = 0;
  isLive.value = true;
}

function lookEverywhere(): void {
  for (const { look } of watchers) look();
}
