import { onMounted, onUnmounted, ref } from 'vue';

const CHORD_MS = 1_000;
const SETTING = 'huiying-keys';
/** What handles Enter by itself when it has the focus. */
const PRESSED = 'a, button, summary, [role="button"]';

/** Whether single keys act at all; a person may switch them off (WCAG 2.1.4). */
export const areKeysOn = ref(localStorage.getItem(SETTING) !== 'off');

export function switchKeys(isOn: boolean): void {
  areKeysOn.value = isOn;
  localStorage.setItem(SETTING, isOn ? 'on' : 'off');
}

/** Keys while the component lives: one key, or two in a row (`g d`). Never while typing or composing pinyin. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  let first = '';
  let firstAt = 0;
  const onKey = (event: KeyboardEvent): void => {
    if (!areKeysOn.value || event.defaultPrevented || event.repeat) return;
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && (event.target as Element).closest(PRESSED)) return;
    if (document.querySelector('dialog[open]') && event.key !== '?') return;
    const chord = event.timeStamp - firstAt < CHORD_MS ? `${first} ${event.key}` : '';
    const run = keys[chord] ?? (first === 'g' && chord ? undefined : keys[event.key]);
    first = event.key;
    firstAt = event.timeStamp;
    if (!run) return;
    event.preventDefault();
    run();
  };
  onMounted(() => window.addEventListener('keydown', onKey));
  onUnmounted(() => window.removeEventListener('keydown', onKey));
}

function isTyping({ target, isComposing }: KeyboardEvent): boolean {
  if (isComposing) return true;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
