import type { Now, Person } from '#core';
import type { ChannelKind } from '#alert';
import { readPublicPage, type Fetcher } from '#ingest';
import {
  createSnapshotStage,
  createSnapshotTaker,
  lookAgain,
  mayLookAgain,
  type SnapshotDeps,
  type SnapshotPack,
} from '#respond';
import type { Backend } from './backends/embedded.ts';

/** What becomes of a text once it is public: its page is kept, compared and looked at again. */
export function createPublishedDesk(parts: {
  readonly backend: Pick<Backend, 'snapshots' | 'pages' | 'people'>;
  readonly pack: SnapshotPack;
  readonly fetcher: Fetcher;
  /** Channels that are set up. */
  readonly channels: ReadonlySet<ChannelKind>;
  readonly now: Now;
  readonly isDrill: boolean;
  /** Hosts of the sample city; a drill asks nobody outside it. */
  readonly drillHosts: readonly string[];
  /** Address of the register's page. */
  readonly registerPage: () => string;
  readonly onFailure: SnapshotDeps['onFailure'];
}) {
  const { backend, fetcher, registerPage, drillHosts, ...deps } = parts;
  const { requestGapMs } = deps.pack;
  const taker = createSnapshotTaker({
    ...backend,
    ...deps,
    readPage: async (url) =>
      deps.isDrill && !drillHosts.includes(new URL(url).host)
        ? { kind: 'failed', message: '演练只读样例城市的页面，不读外面的网站' }
        : await readPublicPage(url, { fetcher, requestGapMs }),
    linkFor: ({ id }) => `${registerPage()}?entry=${id}`,
  });
  return {
    stage: createSnapshotStage({ ...backend, ...deps }),
    lookAtPage: async (act: Parameters<typeof lookAgain>[1]) =>
      await lookAgain({ ...backend, pack: deps.pack }, act),
    mayLookAtPage: (person: Person) => mayLookAgain(person, deps.pack),
    step: async () => await taker.step(),
    close: async () => await taker.close(),
  };
}
