import { GRADE_WORDS, graverOf, GRADES, type Grade } from '#core';
import { MEDIA_TIERS, type MediaTier } from '#ingest';
import type { ContentClass, GradingPack } from './grading-pack.ts';
import { ruleVersionOf } from './grading-pack.ts';
import type { Evidence, Floor, GradeProposal, Indicator, Points } from './grade-proposal.ts';

/** What is known of an event at one moment; everything the points model looks at. */
export interface GradeMeasures {
  readonly content: { readonly class: ContentClass; readonly evidence: readonly Evidence[] };
  /** Related posts in 24 h, copies of one text once per outlet. */
  readonly posts24h: number;
  /** Reposts, comments and likes in 24 h. */
  readonly interactions24h: number;
  /** Why the interactions look bought, until a person has looked. */
  readonly suspicion?: string;
  /** Posts of the last hour against the mean hour of the six before; absent while it does not count. */
  readonly speedRatio?: number;
  readonly hotList?: 'local' | 'national';
  readonly mediaTier: MediaTier;
  readonly mediaEvidence: readonly Evidence[];
  /** Name of the sensitive period, words of the sensitive place, why it counts as repeated. */
  readonly sensitive: {
    readonly period?: string;
    readonly place?: Evidence;
    readonly repeated?: string;
  };
  readonly spread: keyof GradingPack['spread'];
  readonly untrue: 'none' | 'suspected' | 'verified' | 'panic';
  readonly untrueEvidence: readonly Evidence[];
  /** Most deaths reported, credible ones first. */
  readonly deaths?: {
    readonly dead: number;
    readonly isCredible: boolean;
    readonly evidence: Evidence;
  };
  readonly confirmedIncidentGrade?: Grade;
  readonly incidentEvidence?: Evidence;
  readonly namedCriticism?: Evidence;
  readonly upperOrder?: Evidence;
}

const NAMES: Readonly<Record<Indicator, string>> = {
  content: '内容',
  volume: '量',
  speed: '速',
  media: '媒体',
  sensitivity: '敏感',
  spread: '范围',
  untrue: '不实',
};
export const indicatorName = (indicator: Indicator): string => NAMES[indicator];

const SPREAD_WORDS: Readonly<Record<keyof GradingPack['spread'], string>> = {
  oneTownship: '一个乡镇街道',
  severalTownships: '多个乡镇街道',
  severalCounties: '多个县区',
  severalCities: '多个地市',
  nationwide: '全国',
};
const UNTRUE_WORDS = {
  none: '无',
  suspected: '疑似，待核实',
  verified: '已核实',
  panic: '引发恐慌',
};

/**
 * The points model with its floors.
 *
 * @returns 0 to 100 points in seven parts, each with its reason and evidence
 * Source: config/packs/grading.yaml, whose rows name theirs.
 */
export function proposeGrade(measures: GradeMeasures, pack: GradingPack, at: Date): GradeProposal {
  const points = [
    contentPoints(measures, pack),
    volumePoints(measures, pack),
    speedPoints(measures, pack),
    mediaPoints(measures, pack),
    sensitivityPoints(measures, pack),
    {
      indicator: 'spread' as const,
      band: measures.spread,
      points: pack.spread[measures.spread],
      reason: SPREAD_WORDS[measures.spread],
      evidence: [],
    },
    {
      indicator: 'untrue' as const,
      band: measures.untrue,
      points: pack.untrue[measures.untrue],
      reason: UNTRUE_WORDS[measures.untrue],
      evidence: [...measures.untrueEvidence],
    },
  ];
  const sum = points.reduce((total, part) => total + part.points, 0);
  const floors = floorsOf(measures, pack);
  const bySum = gradeOfSum(sum, pack);
  const grade = floors
    .filter((floor) => !floor.isPending)
    .reduce((gravest, floor) => graverOf(gravest, floor.atLeast), bySum);
  const toNext = distanceToNext(grade, sum, pack);
  return {
    grade,
    sum,
    points,
    floors,
    ...(toNext && { toNext }),
    sentence: sentenceOf({ grade, bySum, sum, points, floors, toNext }),
    ruleVersion: ruleVersionOf(pack),
    at,
  };
}

export function gradeOfSum(sum: number, pack: GradingPack): Grade {
  const graded = ['L1', 'L2', 'L3', 'L4'] as const;
  return graded.find((grade) => sum >= pack.cuts[grade]) ?? 'WATCH';
}

function contentPoints({ content }: GradeMeasures, pack: GradingPack): Points {
  const row = pack.content.find((candidate) => candidate.class === content.class);
  return {
    indicator: 'content',
    band: content.class,
    points: row?.points ?? 0,
    reason: row?.name ?? '',
    evidence: [...content.evidence],
  };
}

function volumePoints(measures: GradeMeasures, pack: GradingPack): Points {
  const { posts24h, interactions24h, suspicion } = measures;
  const most = suspicion ? pack.suspicious.mostPoints : Infinity;
  // The higher of the two bands counts.
  const row = pack.volume.findLast(
    ({ posts, interactions }) =>
      posts24h >= posts * pack.volumeScale || interactions24h >= interactions * pack.volumeScale,
  );
  return {
    indicator: 'volume',
    band: `${row?.posts ?? 0}+`,
    points: Math.min(row?.points ?? 0, most),
    reason: `24小时${posts24h}条、互动${interactions24h}${suspicion ? `；疑似异常互动：${suspicion}` : ''}`,
    evidence: [],
  };
}

function speedPoints({ speedRatio, hotList }: GradeMeasures, pack: GradingPack): Points {
  const { bands, localHotList, nationalHotList } = pack.speed;
  const byRatio =
    speedRatio === undefined
      ? 0
      : (bands.findLast(({ ratio }) => speedRatio >= ratio)?.points ?? 0);
  const byList = hotList === 'national' ? nationalHotList : hotList === 'local' ? localHotList : 0;
  const grown =
    speedRatio === undefined ? '未满足计速条件' : `近一小时为此前均值的${speedRatio.toFixed(1)}倍`;
  return {
    indicator: 'speed',
    band: speedRatio === undefined ? '–' : speedRatio.toFixed(2),
    points: Math.max(byRatio, byList),
    reason: hotList ? `${hotList === 'national' ? '全国' : '本地'}热榜；${grown}` : grown,
    evidence: [],
  };
}

function mediaPoints({ mediaTier, mediaEvidence }: GradeMeasures, pack: GradingPack): Points {
  const row = pack.media.find(({ tier }) => tier === mediaTier);
  return {
    indicator: 'media',
    band: mediaTier,
    points: row?.points ?? 0,
    reason: row?.name ?? '',
    evidence: [...mediaEvidence],
  };
}

function sensitivityPoints({ sensitive }: GradeMeasures, pack: GradingPack): Points {
  const { period, place, repeated } = sensitive;
  const parts = [
    ...(period ? [{ points: pack.sensitivity.period, reason: period }] : []),
    ...(place ? [{ points: pack.sensitivity.place, reason: place.words }] : []),
    ...(repeated ? [{ points: pack.sensitivity.repeated, reason: repeated }] : []),
  ];
  return {
    indicator: 'sensitivity',
    band: parts.length === 0 ? '–' : `${parts.length}项`,
    points: parts.reduce((total, part) => total + part.points, 0),
    reason: parts.map((part) => part.reason).join('、') || '无',
    evidence: place ? [place] : [],
  };
}

function floorsOf(measures: GradeMeasures, pack: GradingPack): Floor[] {
  const { deaths, confirmedIncidentGrade, namedCriticism, upperOrder, untrue } = measures;
  const rules = pack.floors;
  const floors: Floor[] = [];
  if (confirmedIncidentGrade && rules.incidentGrades.includes(confirmedIncidentGrade)) {
    const reason = `突发事件等级已确认为${GRADE_WORDS[confirmedIncidentGrade].word}`;
    floors.push({
      code: 'FL1',
      atLeast: confirmedIncidentGrade,
      reason,
      isPending: false,
      evidence: measures.incidentEvidence ? [measures.incidentEvidence] : [],
    });
  }
  const deathRow = deaths && rules.deaths.findLast(({ dead }) => deaths.dead >= dead);
  if (deaths && deathRow) {
    floors.push({
      code: 'FL2',
      atLeast: deathRow.atLeast,
      reason: `${deaths.isCredible ? '可信报道' : '未经核实的说法'}：死亡${deaths.dead}人`,
      isPending: !deaths.isCredible,
      evidence: [deaths.evidence],
    });
  }
  if (namedCriticism) {
    const { namedCriticism: atLeast } = rules;
    floors.push({
      code: 'FL3',
      atLeast,
      reason: '中央媒体点名批评',
      isPending: false,
      evidence: [namedCriticism],
    });
  }
  if (untrue === 'panic') {
    const evidence = [...measures.untrueEvidence];
    floors.push({
      code: 'FL4',
      atLeast: rules.panic,
      reason: '不实信息引发恐慌',
      isPending: false,
      evidence,
    });
  }
  if (upperOrder) {
    const { upperOrder: atLeast } = rules;
    floors.push({
      code: 'FL5',
      atLeast,
      reason: '上级转办',
      isPending: false,
      evidence: [upperOrder],
    });
  }
  return floors;
}

function distanceToNext(grade: Grade, sum: number, pack: GradingPack): GradeProposal['toNext'] {
  const next = GRADES[GRADES.indexOf(grade) - 1];
  if (!next || next === 'WATCH') return undefined;
  return { grade: next, points: Math.max(0, pack.cuts[next] - sum) };
}

function sentenceOf(decided: {
  grade: Grade;
  bySum: Grade;
  sum: number;
  points: readonly Points[];
  floors: readonly Floor[];
  toNext: GradeProposal['toNext'];
}): string {
  const { grade, bySum, sum, points, floors, toNext } = decided;
  const parts = points
    .filter((part) => part.points > 0)
    .map((part) => `${NAMES[part.indicator]}${part.points}（${part.reason}）`)
    .join('、');
  const lifting = floors.filter((floor) => !floor.isPending && floor.atLeast === grade);
  const lifted =
    grade !== bySum && lifting.length > 0
      ? `；按下限${lifting.map(({ code, reason }) => `${code}（${reason}）`).join('、')}由${GRADE_WORDS[bySum].word}提到${GRADE_WORDS[grade].word}`
      : '';
  const pending = floors
    .filter((floor) => floor.isPending)
    .map(
      ({ code, reason, atLeast }) =>
        `；${code}待核实（${reason}，核实后至少${GRADE_WORDS[atLeast].word}）`,
    )
    .join('');
  const distance = toNext ? `；距${GRADE_WORDS[toNext.grade].word}${toNext.points}分` : '';
  return `建议定为${GRADE_WORDS[grade].word}（${sum}分）：${parts || '各项均为0'}${lifted}${pending}${distance}。`;
}

/** The higher of two tiers. */
export function higherTier(a: MediaTier, b: MediaTier): MediaTier {
  return MEDIA_TIERS.indexOf(a) >= MEDIA_TIERS.indexOf(b) ? a : b;
}
export const isTierAtLeast = (a: MediaTier, b: MediaTier): boolean => higherTier(a, b) === a;
