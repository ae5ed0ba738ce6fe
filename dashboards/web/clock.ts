import { computed, ref } from 'vue';

/** The server's time, which is the only one that counts; in a drill it runs at the drill's speed. */
const anchor = ref({ serverMs: Date.now(), localMs: performance.now(), speed: 1 });
const tick = ref(performance.now());

setInterval(() => {
  tick.value = performance.now();
}, 250);

/** @param iso server time as just received @param speed seconds of it in a real second; as before where absent */
export function setServerTime(iso: string, speed = anchor.value.speed): void {
  anchor.value = { serverMs: Date.parse(iso), localMs: performance.now(), speed };
  tick.value = anchor.value.localMs;
}

export const nowMs = computed(
  () => anchor.value.serverMs + Math.max(0, tick.value - anchor.value.localMs) * anchor.value.speed,
);
