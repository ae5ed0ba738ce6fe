import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { loadNodejieba } from '../../analyze/adapters/nodejieba-segmenter.ts';
import { openTagger } from '../../analyze/adapters/tag-words.ts';
import { openNodeRsSegmenter } from '../../analyze/adapters/node-rs-segmenter.ts';
import { readPacks } from '../../config/packs.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { toLexicon } from '../../config/to-lexicon.ts';
import { describeSegmenter } from '../contracts/segmenter.contract.ts';

/** Written for this test in the manner of city news and boards; no real person or place is in them. */
const SENTENCES = [
  '今天早上七点半，江北区多个小区突然停水，居民反映强烈。',
  '供水公司称主管道爆裂，抢修人员正在现场处置，预计18时前恢复供水。',
  '高新区一处安置房工地发生基坑坍塌，事故造成3人死亡、5人受伤。',
  '市应急管理局已启动应急响应，伤者全部送往人民医院救治。',
  '网传学校食堂使用过期食品，教育部门表示将成立调查组。',
  '家长质疑校服价格过高，要求学校公开采购合同。',
  '受强降雨影响，地铁二号线部分车站临时关闭。',
  '市民拨打12345热线投诉夜间施工噪音扰民。',
  '化工园区附近有刺鼻气味，环保部门正在监测空气质量。',
  '警方通报：一男子因散布谣言被依法处以行政拘留。',
  '老旧小区加装电梯的费用分摊问题引起业主争议。',
  '银行网点取款困难的消息不实，请大家不信谣、不传谣。',
  '幼儿园门口车辆乱停，孩子上下学很不安全。',
  '疾控中心提醒，近期流感病例增多，请做好个人防护。',
  '拆迁补偿标准何时公布？村民希望政府尽快答复。',
  '一辆公交车在大桥上起火，乘客已全部疏散，没有人员伤亡。',
  '医保缴费系统出现故障，技术人员正在紧急修复。',
  '农民工工资被拖欠半年，劳动监察大队已经介入。',
  '菜市场的猪肉价格比上周下降了百分之十。',
  '周末的美食节吸引了两万多名游客，现场秩序良好。',
  '网传卫健委约谈预制菜企业，虹湾新城业主称安置房保交楼没有下文。',
  '生态环境局通报：COVID-19期间偷排污水，超标95.6%，危化品车辆已扣留。',
  '食堂的预制菜吃坏了孩子，市场监督管理局说会查，3天了，没人理！！！',
  '我就想问问12345，住建局不作为，网格员也不来，这算不算懒政？？',
];

const settings = SettingsSchema.parse({ office: { words: ['虹湾新城', '虹湾'] } });
const lexicon = toLexicon(settings.office, readPacks(settings).lexicon);
const nodejieba = await loadNodejieba(lexicon);
const nodeRs = openNodeRsSegmenter(lexicon);
const skipped = nodejieba ? '' : '（跳过：nodejieba 没有为这台机器编译）';

describeSegmenter('@node-rs/jieba', async () => nodeRs);
if (nodejieba) describeSegmenter('nodejieba', async () => nodejieba);

test.skipIf(!nodejieba)(
  `nodejieba cuts what offices read as @node-rs/jieba does, 99 words of 100 and more${skipped}`,
  () => {
    const wordsOf = (segmenter = nodeRs) => SENTENCES.flatMap((one) => segmenter.cut(one));
    expect(sharedRatio(wordsOf(nodejieba), wordsOf(nodeRs))).toBeGreaterThanOrEqual(0.99);
  },
);

test.skipIf(!nodejieba)(
  `each word looked up once is tagged as the library tags the text${skipped}`,
  async () => {
    const { default: jieba } = await import('nodejieba');
    const own = (text: string) => jieba.tag(text);
    const tag = openTagger((text) => jieba.cut(text, true), own);
    // Cut anywhere and joined anyhow: pieces of words that only their neighbours explain.
    const piece = constantFrom(...SENTENCES.flatMap((one) => one.match(/.{1,5}/gu) ?? []));
    assert(
      property(array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        expect(tag(text)).toEqual(own(text));
      }),
      { numRuns: 2_000 },
    );
  },
);

test.for([nodejieba, nodeRs].flatMap((one) => one ?? []).map((one) => [one.name, one] as const))(
  '%s cuts no word of the trade, of the office or of its places in two',
  ([, segmenter]) => {
    const words = segmenter.cut('虹湾新城业主说网传住房和城乡建设局不作为，卫健委未回应');
    expect(words).toEqual(
      expect.arrayContaining(['虹湾新城', '网传', '住房和城乡建设局', '不作为', '卫健委']),
    );
    expect(segmenter.tag('卫健委吐槽')).toEqual([
      { word: '卫健委', tag: 'nt' },
      { word: '吐槽', tag: 'v' },
    ]);
    expect(segmenter.withInnerWords(['虹湾新城'])).toEqual(['虹湾', '新城', '虹湾新城']);
  },
);

/** Words that both lists hold, as often as both hold them, to the words of the longer list; 0 to 1. */
function sharedRatio(one: readonly string[], other: readonly string[]): number {
  const left = Map.groupBy(other, String);
  const shared = one.filter((word) => left.get(word)?.pop() !== undefined);
  return shared.length / Math.max(one.length, other.length);
}
