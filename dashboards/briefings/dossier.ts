import type { StoredPost } from '#analyze';
import {
  findQuestions,
  openQuestions,
  type Assessment,
  type HandlingOrder,
  type JudgingPack,
  type KeyMessage,
} from '#respond';
import type { RecordStores } from './collect-records.ts';
import type { EventFile } from './records.ts';

/** What is asked, by which posts, and whether anything that was released says a word of it. */
export interface AskedQuestion {
  readonly text: string;
  readonly postIds: readonly string[];
  readonly isOpen: boolean;
}

/** 卷宗: what a report in depth needs of one event beside its file. */
export interface Dossier {
  /** Texts by the id of their post. */
  readonly texts: ReadonlyMap<string, StoredPost>;
  /** The newest round. */
  readonly assessment?: Assessment | undefined;
  /** The newest version that somebody approved. */
  readonly keyMessage?: KeyMessage | undefined;
  readonly orders: readonly HandlingOrder[];
  readonly questions: readonly AskedQuestion[];
}

export interface DossierDeps {
  readonly stores: Pick<RecordStores, 'posts' | 'assessments' | 'keyMessages' | 'orders'>;
  readonly questions: JudgingPack['questions'];
}

/** Texts read at most. */
const MOST_TEXTS = 2_000;
/** Texts in which questions are looked for: the newest. */
const MOST_ASKING = 400;

export async function collectDossier(
  { stores, questions: rule }: DossierDeps,
  { event, releases }: EventFile,
): Promise<Dossier> {
  const [posts, assessments, messages, orders] = await Promise.all([
    stores.posts.listByEvent(event.id, MOST_TEXTS),
    stores.assessments.listByEvent(event.id),
    stores.keyMessages.listByEvent(event.id),
    stores.orders.listByEvent(event.id),
  ]);
  const asked = findQuestions(posts.slice(-MOST_ASKING), rule);
  const published = releases.filter(({ published }) => published);
  const open = new Set(
    openQuestions(
      asked.map(({ text }) => text),
      published,
      rule,
    ),
  );
  return {
    texts: new Map(posts.map((post) => [post.id, post] as const)),
    assessment: assessments.at(-1),
    keyMessage: messages.findLast(({ approved }) => approved),
    orders,
    questions: asked.map(({ text, postIds }) => ({ text, postIds, isOpen: open.has(text) })),
  };
}
