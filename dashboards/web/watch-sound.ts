import { ref } from 'vue';
import type { GradeView } from '../contract/index.ts';

/** Each grade sounds its own way: tones in hertz, graver higher, faster and longer. */
const TONES: Readonly<Record<GradeView, { hertz: readonly number[]; everyMs: number }>> = {
  L1: { hertz: [880, 660, 880, 660, 880, 660, 880, 660], everyMs: 180 },
  L2: { hertz: [784, 587, 784, 587, 784], everyMs: 220 },
  L3: { hertz: [659, 784, 659], everyMs: 250 },
  L4: { hertz: [523, 659], everyMs: 280 },
  WATCH: { hertz: [523], everyMs: 280 },
};

let audio: AudioContext | undefined;

/** 开始值守: browsers let a page sound only after a person touched it. */
export const isOnWatch = ref(false);

export async function startWatch(): Promise<void> {
  audio ??= new AudioContext();
  await audio.resume();
  isOnWatch.value = true;
  // Heard now, so that nobody learns at the first alert that the loudspeaker is off.
  sound('L4');
}

/** Nothing before the watch began. The same news also stands in the title and on the page. */
export function sound(grade: GradeView): void {
  if (!audio || !isOnWatch.value) return;
  const { hertz, everyMs } = TONES[grade];
  for (const [index, frequency] of hertz.entries()) {
    const at = audio.currentTime + (index * everyMs) / 1000;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.2, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + (everyMs / 1000) * 0.9);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + everyMs / 1000);
  }
}
