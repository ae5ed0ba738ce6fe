import { dict } from '@node-rs/jieba/dict.js';
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

const MATTERS = [
  '停水',
  '停电',
  '停气',
  '坍塌',
  '火灾',
  '积水',
  '断路',
  '欠薪',
  '强拆',
  '扬尘',
  '异味',
  '塌陷',
  '漏水',
  '堵路',
  '乱收费',
  '拒载',
  '停运',
  '冒黑烟',
  '电梯故障',
  '噪声扰民',
];
/** Matters that the city talks about; what a post of them is about is one of these. */
const HAPPENINGS = 200;
/** Share of posts that tell of one and so meet a watch. */
const TELLING = 0.05;

const pickFrom = <T>(random: () => number, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T;
/** Words of two to four characters from the segmenter's own dictionary: they weigh what words weigh. */
const VOCABULARY = Buffer.from(dict)
  .toString()
  .split('\n')
  .filter((_, line) => line % 20 === 0)
  // A copy of the word alone: a slice would keep the whole dictionary in memory.
  .map((line) => Buffer.from(line.split(' ', 1)[0] ?? '').toString())
  .filter((word) => /^\p{Script=Han}{2,4}$/u.test(word));
export const rareWord = (random: () => number): string => pickFrom(random, VOCABULARY);

/** A post of news length, about 500 characters, of an invented city; one in twenty meets a watch. */
export function makePost(random: () => number, number: number, at: Date): Post {
  const pick = (list: readonly string[]): string => pickFrom(random, list);
  const sentences = Array.from(
    { length: 13 },
    () => `${pick(PLACES)}${pick(SUBJECTS)}${pick(ACTS)}，${pick(ENDINGS)}`,
  );
  const happening = Math.floor(random() * HAPPENINGS);
  const named = seeded(happening);
  const what = `${pickFrom(named, PLACES)}${rareWord(named)}${pickFrom(named, SUBJECTS)}遇到${pickFrom(named, MATTERS)}`;
  const isTelling = random() < TELLING;
  // Who tells of a matter names what others name too, and adds something of their own.
  const told = Array.from({ length: 40 }, () => rareWord(random() < 0.7 ? named : random));
  const text = `${isTelling ? `${what}，${told.join('，')}。${sentences.slice(0, 3).join('')}` : sentences.join('')}（第${number}条）`;
  return {
    id: digestOf(`bench-${number}`).slice(0, 24),
    rawItemId: `raw-${number}`,
    sourceId: `source-${number % 50}`,
    url: `https://bench.test/${number}`,
    title: isTelling ? what : `${pick(PLACES)}${pick(SUBJECTS)}${pick(ACTS).slice(0, 14)}`,
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

/** Watches as offices write them: places, matters, exclusions; one in fifty names what posts tell of. */
export function makeWatches(random: () => number, count: number): Watch[] {
  return Array.from({ length: count }, (_, number) => {
    const rare = (): string => rareWord(random);
    const real = number % 50 === 0 ? MATTERS[number / 50] : undefined;
    return {
      id: `watch-${number}`,
      name: `方案${number}`,
      places: real ? [] : [pickFrom(random, PLACES), rare()],
      subjects: [],
      matters: [real ?? rare(), rare()],
      exclude: ['演练', rare()],
    };
  });
}
