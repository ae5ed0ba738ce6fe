import { onMounted, onUnmounted } from 'vue';

const CHORD_MS = 1_000;

/** Keys while the component lives: one key, or two in a row (`g d`). Never while typing or composing pinyin. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  let first = '';
  let firstAt = 0;
  const onKey = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const isTyping = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    if (isTyping || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const chord = event.timeStamp - firstAt < CHORD_MS ? `${first} ${event.key}` : '';
    const run = keys[chord] ?? keys[event.key];
    first = event.key;
    firstAt = event.timeStamp;
    if (!run) return;
    event.preventDefault();
    run();
  };
  onMounted(() => window.addEventListener('keydown', onKey));
  onUnmounted(() => window.removeEventListener('keydown', onKey));
}
