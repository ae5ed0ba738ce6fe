import { readMoment } from '../dates/read-date.ts';
import type { Post } from '../post.ts';
import type { ReadItem } from '../read-item.ts';
import { SourceSchema } from '../source.ts';
import { judgeItem, type Pseudonym } from '../to-post.ts';

/** Posts of an office's own archive, and what did not become one. */
export interface Archive {
  /** Oldest first, each held as if it had been seen the moment it was published. */
  readonly posts: readonly Post[];
  /** Rows whose time cannot be read: they have no place in an order of time. */
  readonly undated: number;
  /** Rows that bear a secrecy mark, or have no text. */
  readonly refused: number;
}

const ARCHIVE = SourceSchema.parse({
  id: 'archive',
  name: '档案',
  kind: 'vendor',
  inputPath: 'file',
  mediaTier: 'M1',
  outletKind: 'individual',
  maxAgeMs: Number.MAX_SAFE_INTEGER,
  reader: { kind: 'table', columns: { text: 'text' } },
});

/** Lets rows of an archive through the same door as all that comes in: masked, marked ones refused. */
export function readArchive(items: readonly ReadItem[], now: Date, pseudonym: Pseudonym): Archive {
  const posts: Post[] = [];
  let undated = 0;
  let refused = 0;
  for (const item of items) {
    const published = readMoment(item.published, now);
    if (!published) {
      undated += 1;
      continue;
    }
    const { post } = judgeItem(item, undefined, {
      source: ARCHIVE,
      fetchedAt: published.at,
      rawItemId: '',
      isDrill: false,
      pseudonym,
    });
    if (post) posts.push(post);
    else refused += 1;
  }
  posts.sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime());
  return { posts, undated, refused };
}
