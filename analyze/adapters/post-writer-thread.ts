import { Worker } from 'node:worker_threads';
import type { PostRow } from './post-rows.ts';
import type { PostWriter } from './post-writer.ts';

/** What the thread is asked, in order. Rows are part of the write that the next commit or rollback ends. */
export type WriterOrder =
  | { readonly kind: 'rows'; readonly rows: readonly PostRow[] }
  | { readonly kind: 'commit' | 'rollback' | 'close' };

/** The answer to a commit. */
export interface WriterAnswer {
  readonly error?: Error;
}

/** What the thread starts from; `closed` turns 1 once its connection is closed. */
export interface WriterStart {
  readonly path: string;
  readonly closed: Int32Array;
}

const CLOSES_WITHIN_MS = 5_000;

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Running {
  readonly worker: Worker;
  readonly closed: Int32Array;
  /** Who waits for an answer, in the order of the commits. */
  readonly waiting: Waiting[];
}

/**
 * Writes in a thread of its own, so that one core cuts texts into words while another stores those before. The
 * thread starts with the first write, and again after it died; what it had not committed is not stored.
 */
export class PostWriterThread implements PostWriter {
  readonly #path: string;
  #running: Running | undefined;

  /** @param path of the database file; its tables are there */
  constructor(path: string) {
    this.#path = path;
  }

  async write(batches: Iterable<readonly PostRow[]>): Promise<void> {
    const { worker, waiting } = (this.#running ??= this.#start());
    try {
      for (const rows of batches) tell(worker, { kind: 'rows', rows });
    } catch (error) {
      tell(worker, { kind: 'rollback' });
      throw error;
    }
    tell(worker, { kind: 'commit' });
    worker.ref();
    await new Promise<void>((resolve, reject) => {
      waiting.push({ resolve, reject });
    });
  }

  /** Waits until the thread has let go of the file. */
  close(): void {
    if (!this.#running) return;
    const { worker, closed } = this.#running;
    this.#running = undefined;
    tell(worker, { kind: 'close' });
    Atomics.wait(closed, 0, 0, CLOSES_WITHIN_MS);
  }

  #start(): Running {
    const closed = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const workerData: WriterStart = { path: this.#path, closed };
    const worker = new Worker(new URL('post-writer-worker.ts', import.meta.url), { workerData });
    const waiting: Waiting[] = [];
    let cause: unknown;
    worker.on('message', ({ error }: WriterAnswer) => {
      const asked = waiting.shift();
      if (error) asked?.reject(error);
      else asked?.resolve();
      // A thread that nobody waits for keeps no process alive.
      if (waiting.length === 0) worker.unref();
    });
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => {
      if (this.#running?.worker === worker) this.#running = undefined;
      const error = new Error('the thread that stores posts has ended', { cause });
      for (const { reject } of waiting.splice(0)) reject(error);
    });
    worker.unref();
    return { worker, closed, waiting };
  }
}

function tell(worker: Worker, order: WriterOrder): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  worker.postMessage(order);
}
