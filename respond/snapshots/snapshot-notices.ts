import { beijingMinute, type Effect } from '#core';
import { reachedBy, tellPeople, type Matter, type Reach, type Telling } from '../tell-people.ts';
import type { PageSnapshot } from './page-snapshot.ts';
import type { SnapshotPack } from './snapshot-pack.ts';
import type { SnapshotLooked } from './take-look.ts';

export interface SnapshotOffice extends Reach {
  readonly pack: SnapshotPack;
  readonly linkFor: Matter['linkFor'];
}

/** A message is read on a phone. */
const MOST_SENTENCES = 3;
const MOST_CHARACTERS = 80;

/** Who keeps the matter hears of what a look found; nothing where it found nothing new. */
export function snapshotNotices(
  { snapshot, news }: SnapshotLooked,
  office: SnapshotOffice,
  at: Date,
): Effect[] {
  if (!news) return [];
  const { id, eventId, isDrill, approvedTitle, link, versions } = snapshot;
  const told: Record<typeof news, Pick<Telling, 'subject' | 'ask' | 'lines'>> = {
    differs: {
      subject: '发布的页面与批准稿不一致',
      ask: '请核对页面；确有出入的，改正页面或者发布更正。',
      lines: differences(snapshot),
    },
    changed: {
      subject: '发布的页面有改动',
      ask: '请核对是谁、为什么改动；改了内容的须经审查发布更正。',
      lines: changes(snapshot),
    },
    unreachable: {
      subject: '发布的页面读不到',
      ask: '请打开页面核对是否还在；发布登记不受影响。',
      lines: [snapshot.problem?.message ?? ''],
    },
  };
  const shortCode = `快照#${id.slice(0, 4)}`;
  const matter = { id, eventId, isDrill, title: approvedTitle, shortCode, linkFor: office.linkFor };
  const { subject, ask, lines } = told[news];
  const { tell, whenNobody } = office.pack;
  const people = reachedBy(tell, office);
  const telling: Telling = {
    key: `${news} ${versions.length} ${at.toISOString()}`,
    people: people.length > 0 ? people : reachedBy(whenNobody, office),
    subject,
    ask,
    lines: [...lines, `页面：${link}`],
    button: '查看',
    at,
  };
  return tellPeople(matter, telling, office);
}

function differences({ versions }: PageSnapshot): string[] {
  const found = versions.at(-1)?.comparison;
  if (!found) return [];
  return [
    ...(found.otherTitle ? [`页面标题为“${short(found.otherTitle)}”`] : []),
    ...few(found.missing).map((one) => `页面上没有：${one}`),
    ...found.differing
      .slice(0, MOST_SENTENCES)
      .map(({ approved, onPage }) => `批准稿“${short(approved)}”，页面“${short(onPage)}”`),
  ];
}

function changes({ versions }: PageSnapshot): string[] {
  const before = versions.at(-2);
  const change = versions.at(-1)?.change;
  if (!before || !change) return [];
  const { removed, added } = change;
  return [
    `上次看到没有改动：${beijingMinute(before.lastSeenAt)}`,
    ...few(removed).map((one) => `去掉：${one}`),
    ...few(added).map((one) => `增加：${one}`),
    ...(removed.length + added.length === 0 ? ['句子相同，次序或者重复有变'] : []),
  ];
}

const few = (sentences: readonly string[]): string[] =>
  sentences.slice(0, MOST_SENTENCES).map(short);

const short = (text: string): string =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}……` : text;
