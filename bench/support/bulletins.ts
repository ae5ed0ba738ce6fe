import { seeded } from './texts.ts';

/** Bulletins as offices issue them, one after another on the same template; places and figures are invented. */
export interface Bulletin {
  readonly template: string;
  readonly text: string;
}

const COUNTIES = ['江北区', '高新区', '南山县', '望江县', '东港区', '西岭县', '滨湖区', '石桥县'];
const TOWNS = ['清河街道', '望江街道', '滨湖镇', '西岭乡', '柳林镇', '白沙镇', '石桥镇', '青山乡'];
const ROADS = ['人民路', '解放路', '滨江路', '建设路', '新华路', '学府路', '环城路', '迎宾路'];
const COLOURS = ['蓝色', '黄色', '橙色', '红色'];
const HAN = ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九'];

/** Draws what one bulletin says. */
interface Draw {
  readonly number: (from: number, to: number) => number;
  readonly one: (list: readonly string[]) => string;
}

const TEMPLATES: Readonly<Record<string, (draw: Draw) => string>> = {
  暴雨预警: ({ number, one }) => {
    const county = one(COUNTIES);
    return `${county}气象台${number(5, 9)}月${number(1, 28)}日${number(0, 23)}时${number(10, 59)}分发布暴雨${one(COLOURS)}预警信号：预计未来${number(2, 6)}小时内，${county}${one(TOWNS)}、${one(TOWNS)}等地将出现${number(30, 120)}毫米以上的降水，并可能伴有雷电、短时大风等强对流天气，请注意防范山洪、滑坡、城乡积涝等灾害。`;
  },
  大风预警: ({ number, one }) =>
    `市气象台${number(1, 12)}月${number(1, 28)}日${number(0, 23)}时继续发布大风${one(COLOURS)}预警信号，预计今天白天到夜间${one(COUNTIES)}、${one(COUNTIES)}阵风可达${number(7, 11)}级，请有关单位和个人做好防风准备，加固围板、棚架、广告牌等易被风吹动的搭建物，切断户外危险电源，妥善安置室外物品。`,
  地震速报: ({ number, one }) =>
    `据地震台网正式测定，${number(1, 12)}月${number(1, 28)}日${number(0, 23)}时${number(10, 59)}分在${one(COUNTIES)}（北纬${number(20, 45)}.${number(10, 99)}度，东经${number(80, 130)}.${number(10, 99)}度）发生${number(2, 5)}.${number(0, 9)}级地震，震源深度${number(5, 30)}千米。震中附近部分居民有感，暂未收到人员伤亡和财产损失报告。`,
  停水公告: ({ number, one }) =>
    `尊敬的用户：因供水管网改造施工，定于${number(1, 12)}月${number(1, 28)}日${number(6, 11)}时至${number(13, 22)}时对${one(COUNTIES)}${one(TOWNS)}${one(ROADS)}沿线停水，涉及用户${number(120, 4900)}户。请受影响的用户提前做好储水准备，停水期间请关好水龙头，恢复供水初期如有短时水质浑浊，请放水片刻后使用。给您带来不便，敬请谅解。服务热线96116。`,
  停电公告: ({ number, one }) =>
    `计划停电通知：${number(1, 12)}月${number(1, 28)}日${number(6, 9)}:${number(10, 59)}至${number(15, 20)}:${number(10, 59)}，因线路检修，${one(TOWNS)}${one(ROADS)}${number(2, 180)}号至${number(200, 400)}号一带停电，请相关用户合理安排生产生活用电，并注意用电安全，如提前完工将提前送电，恕不另行通知。`,
  疫情通报: ({ number, one }) => {
    const total = number(20, 400);
    return `${number(1, 12)}月${number(1, 28)}日0时至24时，全市新增本土确诊病例${number(1, 40)}例（${one(COUNTIES)}${number(1, 20)}例、${one(COUNTIES)}${number(1, 20)}例），均为轻型，新增治愈出院${number(1, 30)}例。截至当日24时，累计报告确诊病例${total}例，现有在院${number(5, 90)}例，尚在接受医学观察的密切接触者${number(100, 2000)}人。请广大市民继续做好个人防护，勤洗手、常通风。`;
  },
  事故续报: ({ number, one }) =>
    `情况通报：截至${number(1, 12)}月${number(1, 28)}日${number(0, 23)}时，${one(COUNTIES)}${one(ROADS)}一工地坍塌事故已造成${HAN[number(2, 9)]}人死亡、${HAN[number(2, 9)]}人受伤，伤者已全部送医救治，搜救工作仍在进行，事故原因正在调查。后续情况将及时向社会公布。`,
  森林火情: ({ number, one }) =>
    `${number(1, 12)}月${number(1, 28)}日${number(0, 23)}时许，${one(COUNTIES)}${one(TOWNS)}境内发生森林火情，当地迅速组织应急、消防、林业等力量共${number(60, 900)}人赶赴现场扑救。截至${number(0, 23)}时，明火已扑灭，过火面积约${number(2, 60)}公顷，无人员伤亡，起火原因正在调查中。`,
  食品抽检: ({ number, one }) =>
    `市市场监督管理局公布${number(2020, 2026)}年第${number(1, 50)}期食品安全监督抽检信息，共抽检食品${number(100, 900)}批次，合格${number(90, 880)}批次，不合格${number(1, 20)}批次。对不合格产品，${one(COUNTIES)}市场监管部门已责令企业立即采取下架、召回等措施，并依法予以查处。消费者如发现不合格产品，可拨打12315投诉举报。`,
  水位通报: ({ number, one }) =>
    `市水文中心通报：${number(5, 9)}月${number(1, 28)}日${number(0, 23)}时，清江${one(COUNTIES)}站水位${number(18, 40)}.${number(10, 99)}米，超警戒水位${number(0, 3)}.${number(10, 99)}米，流量每秒${number(900, 9000)}立方米，预计未来${number(6, 48)}小时水位仍将缓慢上涨，请沿岸群众注意防范。`,
  道路管制: ({ number, one }) =>
    `交通管制通告：因${one(ROADS)}道路施工，自${number(1, 12)}月${number(1, 28)}日起至${number(1, 12)}月${number(1, 28)}日止，每日${number(20, 23)}时至次日${number(4, 6)}时对${one(ROADS)}至${one(ROADS)}路段实行交通管制，禁止一切机动车通行，请过往车辆按照交通标志指示绕行，服从现场交警指挥。`,
  失踪协查: ({ number, one }) =>
    `协查通报：${number(1, 12)}月${number(1, 28)}日${number(6, 22)}时许，一名${number(60, 88)}岁老人在${one(COUNTIES)}${one(ROADS)}附近走失，身高约1.${number(50, 80)}米，身穿深色外套，有知情者请速与派出所联系，电话${number(5_000_000, 8_999_999)}。请广大市民帮忙转发，让老人早日回家。`,
};

export const BULLETIN_TEMPLATES = Object.keys(TEMPLATES);

/** @param count bulletins of each template, in order of issue */
export function makeBulletins(seed: number, count: number): Bulletin[] {
  const random = seeded(seed);
  const draw: Draw = {
    number: (from, to) => from + Math.floor(random() * (to - from + 1)),
    one: (list) => list[Math.floor(random() * list.length)] ?? '',
  };
  return BULLETIN_TEMPLATES.flatMap((template) =>
    Array.from({ length: count }, () => ({ template, text: TEMPLATES[template]?.(draw) ?? '' })),
  );
}
