import { digestOf } from '#core';
import type { Watch } from '#analyze';
import type { Post } from '#ingest';

/** A small seeded generator, so that every run reads the same texts. Source: Mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const PLACES = [
  '江北区',
  '高新区',
  '望江街道',
  '清河街道',
  '滨湖镇',
  '南山县',
  '东港开发区',
  '西岭乡',
];
const SUBJECTS = [
  '居民',
  '商户',
  '学生家长',
  '出租车司机',
  '菜农',
  '施工单位',
  '物业公司',
  '志愿者',
];
const ACTS = [
  '反映近期早晚高峰公交车间隔过长，希望加密班次',
  '参加了社区组织的垃圾分类宣传，现场领取了环保袋',
  '在市民公园举办了群众文艺演出，吸引上千人观看',
  '咨询新学期转学手续如何办理，窗口工作人员一一解答',
  '表示老旧小区加装电梯的方案公示后大家意见不一',
  '说凌晨施工噪声影响休息，已经向有关部门反映',
  '排队办理了医保异地备案，全程不到二十分钟',
  '提出菜市场周边停车难的问题，建议利用空地增设车位',
  '参观了新开放的图书馆，儿童阅览区座无虚席',
  '收到天气预警短信，提醒周末有强降雨并伴有大风',
];
const ENDINGS = [
  '相关负责人表示将尽快研究答复。',
  '记者将持续关注。',
  '目前已有多部门介入。',
  '网友纷纷留言讨论。',
  '下一步将完善配套措施。',
];

/** A post of news length, about 500 characters, of an invented city. */
export function makePost(random: () => number, number: number, at: Date): Post {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const sentences = Array.from(
    { length: 13 },
    () => `${pick(PLACES)}${pick(SUBJECTS)}${pick(ACTS)}，${pick(ENDINGS)}`,
  );
  const text = `${sentences.join('')}（第${number}条）`;
  return {
    id: digestOf(`bench-${number}`).slice(0, 24),
    rawItemId: `raw-${number}`,
    sourceId: `source-${number % 50}`,
    url: `https://bench.test/${number}`,
    title: `${pick(PLACES)}${pick(SUBJECTS)}${pick(ACTS).slice(0, 14)}`,
    text,
    contentDigest: digestOf(text),
    outlet: `媒体${number % 50}`,
    outletKind: 'institution',
    mediaTier: 'M3',
    publishedAt: at,
    publishedFrom: 'feed',
    fetchedAt: at,
    interactions: Math.floor(random() * 200),
    isDrill: false,
  };
}

/** Watches as offices write them; about one post in twenty meets one. */
export function makeWatches(random: () => number, count: number): Watch[] {
  const rare = (): string =>
    Array.from({ length: 3 }, () =>
      String.fromCharCode(0x4e00 + Math.floor(random() * 5_000)),
    ).join('');
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  return Array.from({ length: count }, (_, number) => ({
    id: `watch-${number}`,
    name: `方案${number}`,
    places: [pick(PLACES), rare()],
    subjects: [],
    // One in a hundred names a matter that the texts really hold.
    matters: number % 100 === 0 ? [`第${number}1条`, '不存在的事项'] : [rare(), rare()],
    exclude: ['演练', rare()],
  }));
}
