import {
  computed,
  inject,
  provide,
  ref,
  watch,
  type ComputedRef,
  type InjectionKey,
  type Ref,
} from 'vue';
import type { AlertView, DeskView } from '../contract/index.ts';
import { api } from './api.ts';
import { setServerTime } from './clock.ts';
import { GRADE_ORDER } from './format/grade.ts';
import { whenChanged } from './live.ts';
import { useLoading, type Loading } from './loading.ts';

/** The desk is kept for every page: an alert reaches whoever is on duty wherever they are. */
export interface DeskState {
  readonly loading: Loading<DeskView>;
  readonly waiting: ComputedRef<readonly AlertView[]>;
  /** The alert that came or rose last, until the next. */
  readonly news: Ref<AlertView | undefined>;
}

const KEY: InjectionKey<DeskState> = Symbol('desk');

export function provideDesk(): DeskState {
  const loading = useLoading(async () => {
    const desk = await api.desk();
    setServerTime(desk.now);
    return desk;
  });
  const waiting = computed(() => waitingOf(loading.data.value));
  const news = ref<AlertView>();
  watch(loading.data, (now, before) => {
    // What waited before the page was opened is no news.
    if (!now || !before) return;
    news.value = newest(waitingOf(now), waitingOf(before)) ?? news.value;
  });
  whenChanged(['event', 'alert', 'countdown', 'source', 'release', 'drill'], () => {
    void loading.refresh();
  });
  const state = { loading, waiting, news };
  provide(KEY, state);
  return state;
}

export function useDesk(): DeskState {
  const state = inject(KEY);
  if (!state) throw new Error('no desk above this component');
  return state;
}

const waitingOf = (desk: DeskView | undefined): readonly AlertView[] =>
  desk?.alerts.filter(({ state }) => state === 'fired') ?? [];

/** The gravest alert that was not there before, or was there with a lower grade. */
export function newest(
  now: readonly AlertView[],
  before: readonly AlertView[],
): AlertView | undefined {
  const gradeBefore = new Map(before.map(({ id, grade }) => [id, grade]));
  return now
    .filter(({ id, grade }) => {
      const old = gradeBefore.get(id);
      return old === undefined || GRADE_ORDER.indexOf(grade) < GRADE_ORDER.indexOf(old);
    })
    .sort((a, b) => GRADE_ORDER.indexOf(a.grade) - GRADE_ORDER.indexOf(b.grade))[0];
}
