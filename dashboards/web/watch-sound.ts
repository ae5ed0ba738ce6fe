import { ref } from 'vue';

let audio: AudioContext | undefined;

/** 开始值守: browsers let a page sound only after a person touched it. */
export const isOnWatch = ref(false);

export async function startWatch(): Promise<void> {
  audio ??= new AudioContext();
  await audio.resume();
  isOnWatch.value = true;
  sound();
}

/** Two rising tones; nothing before the watch began. The same news also stands in title and card. */
export function sound(): void {
  if (!audio || !isOnWatch.value) return;
  for (const [index, hertz] of [660, 880].entries()) {
    const at = audio.currentTime + index * 0.25;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0.2, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.22);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.24);
  }
}
