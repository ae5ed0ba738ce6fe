import { gradeLabel } from '#core';
import { isOpen } from '#alert';
import { findingWords, type LeadPost } from '#analyze';
import {
  ORDER_STATE_NAMES,
  ORDER_TRACK_NAMES,
  RELEASE_CHANNEL_NAMES,
  RELEASE_KIND_NAMES,
  type HandlingOrder,
} from '#respond';
import type { Dossier } from '../dossier.ts';
import { ended, paragraph, says, type Block, type Sentence, type Table } from '../model.ts';
import { plainText } from '../plain-text.ts';
import { eventCite, postsOf, type EventFile, type ReportRecords } from '../records.ts';
import type { ReportPack } from '../report-pack.ts';
import { keySentences, type KeySentence } from '../summary/key-sentences.ts';
import { countdownInWords, dayInWords, momentInWords, UNKNOWN } from '../words.ts';
import { withRest } from './daily-sections.ts';
import {
  countdownSentences,
  gradeSentences,
  knownSentences,
  measureSentences,
  outletInWords,
  spreadSentences,
  viewSentences,
} from './event-sentences.ts';

/** How much is told; the rest is counted or stands in the list behind. */
export interface SpecialFold {
  readonly nodes: number;
  readonly quotes: number;
  readonly critical: number;
  readonly questions: number;
  readonly orders: number;
  readonly duties: number;
}

/** What every section of a 专报 is made from. */
export interface SpecialPart {
  readonly file: EventFile;
  readonly dossier: Dossier;
  readonly records: ReportRecords;
  readonly rule: ReportPack['special'];
  readonly fold: SpecialFold;
}

const charactersOf = (sentences: readonly Sentence[]): number =>
  Array.from(sentences.map(({ text }) => text).join('')).length;

/** 摘要与核心研判: what it is, how grave, how loud, what is due; as many sentences as find room, the first ones first. */
export function digest({ file, dossier, records, rule }: SpecialPart): Block[] {
  const { period, readAt } = records;
  const { event } = file;
  const [grade] = gradeSentences(file);
  const [spread] = spreadSentences(file, period);
  const figures = knownSentences(file, period).find(({ text }) => text.startsWith('伤亡和损失'));
  const [due] = file.countdowns
    .filter(isOpen)
    .toSorted((a, b) => a.statutoryDueAt.getTime() - b.statutoryDueAt.getTime());
  const { assessment } = dossier;
  const open = dossier.questions.filter((one) => one.isOpen);
  const all = [
    says(`${plainText(event.title)}。`, [eventCite(file)]),
    grade,
    figures,
    spread,
    assessment?.confirmed &&
      says(`研判：${ended(assessment.responseReason)}`, [`assessment:${assessment.id}`]),
    due && says(`最近的时限：${countdownInWords(due, readAt)}。`, [`countdown:${due.id}`]),
    open.length > 0 &&
      says(`群众问到而已发布内容没有提到的问题${open.length}个。`, [
        eventCite(file),
        ...open.flatMap(({ postIds }) => postIds.map((id) => `post:${id}`)),
      ]),
  ].filter((one): one is Sentence => Boolean(one));
  const told: Sentence[] = [];
  for (const one of all) {
    if (charactersOf([...told, one]) <= rule.summaryCharacters) told.push(one);
  }
  return [paragraph(told.length > 0 ? told : all.slice(0, 1))];
}

/** 事件概述: what is known, and the nodes of its course. */
export function background({ file, records, fold }: SpecialPart): Block[] {
  const all = nodesOf(file, records);
  // The first and the last: how it began, and where it stands.
  const head = Math.ceil(fold.nodes / 2);
  const shown =
    all.length <= fold.nodes ? all : [...all.slice(0, head), ...all.slice(head - fold.nodes)];
  const left = all.length - shown.length;
  const table: Table = {
    kind: 'table',
    name: '关键节点',
    columns: [
      { title: '时间', share: 3 },
      { title: '节点', share: 8 },
    ],
    rows: shown.map(({ at, what, cites }) => ({
      cells: [momentInWords(at), plainText(what)],
      cites: [...cites],
    })),
  };
  return [
    paragraph(knownSentences(file, records.period)),
    table,
    ...(left > 0
      ? [paragraph([says(`中间另有${left}个节点，见事件页。`, [eventCite(file)])])]
      : []),
  ];
}

interface Node {
  readonly at: Date;
  readonly what: string;
  readonly cites: readonly string[];
}

function nodesOf(file: EventFile, { period }: ReportRecords): readonly Node[] {
  const { event } = file;
  const cites = [eventCite(file)];
  const [first] = postsOf(file, period);
  const nodes: (Node | undefined)[] = [
    event.occurredAt && { at: event.occurredAt.at, what: '发生（据信息中的说法）', cites },
    first && {
      at: first.publishedAt,
      what: `首发：${outletInWords(first)}《${first.title}》`,
      cites: [...cites, `post:${first.postId}`],
    },
    { at: event.knownAt.at, what: '本单位知悉', cites },
    event.triggeredAt && {
      at: event.triggeredAt.at,
      what: '达到重大，5小时、24小时时限自此起算',
      cites,
    },
    ...event.gradeHistory.map(({ at, to, kind }) => ({
      at,
      what: `${kind === 'proposed' ? '机器建议' : '人工定为'}${gradeLabel(to)}`,
      cites,
    })),
    ...event.findings.map((finding) => ({ at: finding.at, what: findingWords(finding), cites })),
    ...file.releases.flatMap(({ id, title, kind, published }) =>
      published
        ? [
            {
              at: published.at,
              what: `${RELEASE_CHANNEL_NAMES[published.channel]}${RELEASE_KIND_NAMES[kind]}《${title}》`,
              cites: [`release:${id}`],
            },
          ]
        : [],
    ),
    ...file.conferences.flatMap(({ id, heldAt, place }) =>
      heldAt ? [{ at: heldAt, what: `在${place}举行新闻发布会`, cites: [`conference:${id}`] }] : [],
    ),
  ];
  return nodes
    .filter((node): node is Node => node !== undefined && node.at < period.to)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/** 舆论观点: 官方, 媒体, 专业人士, 网民, and every critical opinion's place; all quoted word for word. */
export function views(part: SpecialPart): Block[] {
  const { file, records, dossier, fold } = part;
  const posts = postsOf(file, records.period);
  const media = posts.filter(({ outletKind }) => outletKind === 'institution');
  const people = posts.filter(({ outletKind }) => outletKind === 'individual');
  const [tone, ...critical] = viewSentences(file, records.period, fold.critical);
  return [
    ...(tone ? [paragraph([tone])] : []),
    paragraph(officialSentences(part), '官方'),
    paragraph(quoted(part, media, '媒体'), '媒体'),
    paragraph(expertSentences(file, dossier), '专业人士'),
    paragraph(quoted(part, people, '网民'), '网民'),
    paragraph(critical),
  ];
}

function officialSentences({ file, records }: SpecialPart): Sentence[] {
  const out = file.releases.flatMap(({ id, title, published }) =>
    published && published.at < records.period.to
      ? [
          says(
            `《${title}》（${momentInWords(published.at)}）。`,
            [`release:${id}`],
            published.link,
          ),
        ]
      : [],
  );
  return out.length > 0 ? out : [says('本单位没有登记发布。', [eventCite(file)])];
}

function expertSentences(file: EventFile, { assessment }: Dossier): Sentence[] {
  const camps = assessment?.camps ?? [];
  if (!assessment || camps.length === 0) {
    return [
      says('系统不能从信息中认出专业人士，研判也没有登记意见阵营，须由研判人补充。', [
        eventCite(file),
      ]),
    ];
  }
  return camps.map(({ name, isCritical, quotes }) =>
    says(
      `研判登记的意见“${name}”${isCritical ? '（批评）' : ''}：${quotes.map(({ text }) => `“${text}”`).join('、')}。`,
      [`assessment:${assessment.id}`, ...quotes.map(({ postId }) => `post:${postId}`)],
    ),
  );
}

function quoted(
  { file, dossier, rule, fold }: SpecialPart,
  posts: readonly LeadPost[],
  who: string,
): Sentence[] {
  if (posts.length === 0) return [says(`没有收到${who}的信息。`, [eventCite(file)])];
  const byId = new Map(posts.map((post) => [post.postId, post]));
  // A copy says what its original says: it adds an outlet, not a text.
  const texts = file.leads.flatMap((lead) => {
    const own = lead.posts.filter(({ postId }) => byId.has(postId));
    const spoken = own.find(({ postId }) => dossier.texts.has(postId));
    const text = spoken && dossier.texts.get(spoken.postId);
    if (!text) return [];
    const outlets = [...new Set(own.map(({ outlet }) => outlet))];
    return [{ postId: text.id, title: text.title, text: text.text, outlets, at: text.publishedAt }];
  });
  const found = keySentences(
    texts.toSorted((a, b) => a.at.getTime() - b.at.getTime()),
    rule.sentences,
  );
  if (found.length === 0) {
    return [says(`${who}信息${posts.length}条，没有可以整句摘引的原文。`, [eventCite(file)])];
  }
  return found.slice(0, fold.quotes).map((one) => asQuotation(file, one, byId));
}

function asQuotation(
  file: EventFile,
  { text, postId, outlets, postIds }: KeySentence,
  byId: ReadonlyMap<string, LeadPost>,
): Sentence {
  const post = byId.get(postId);
  const more = outlets > 1 ? `，共${outlets}个来源说法相近` : '';
  return says(
    `“${text}”（${post ? outletInWords(post) : UNKNOWN}${more}）。`,
    [eventCite(file), ...postIds.map((id) => `post:${id}`)],
    post?.url,
  );
}

/** 焦点问题: what is asked, most asked first, and what no release has said a word of. */
export function questions({ file, dossier, fold }: SpecialPart): Block[] {
  if (dossier.questions.length === 0) {
    return [paragraph([says('没有找到群众提出的问题。', [eventCite(file)])])];
  }
  const told = dossier.questions.map(({ text, postIds, isOpen }) =>
    says(
      `“${text}”（${postIds.length}条信息问到，${isOpen ? '已发布的内容没有提到' : '已发布的内容提到过，是否答清由人判断'}）。`,
      postIds.map((id) => `post:${id}`),
    ),
  );
  return withRest(told, fold.questions, '见事件页').map((one) => paragraph([one]));
}

/** 风险研判: what people judged, and what the records and the calendar show; nothing is foretold by a machine. */
export function risks({ file, dossier, records }: SpecialPart): Block[] {
  const { assessment } = dossier;
  const judged =
    assessment && assessment.risks.length > 0
      ? assessment.risks.map((risk) => says(ended(risk), [`assessment:${assessment.id}`]))
      : [says(`走向和次生风险：${UNKNOWN}，没有登记研判，须由研判人补充。`, [eventCite(file)])];
  const claims = postsOf(file, records.period).filter(({ untrue }) => untrue !== 'none');
  const week = records.days.slice(0, 8);
  const days = week.filter(({ sensitive }) => sensitive.length > 0);
  return [
    paragraph(judged, '研判'),
    paragraph(gradeSentences(file), '等级依据'),
    paragraph(
      claims.length > 0
        ? [
            says(`疑似不实、待核实的说法涉及${claims.length}条信息。`, [
              eventCite(file),
              ...claims.map(({ postId }) => `post:${postId}`),
            ]),
          ]
        : [says('没有记录到疑似不实的说法。', [eventCite(file)])],
      '不实信息',
    ),
    paragraph(
      days.length > 0
        ? days.map(({ day, sensitive }) =>
            says(`${dayInWords(day)}：${sensitive.join('、')}。`, [`query:calendar@${day}`]),
          )
        : [
            says(
              '今后七天没有登记的敏感时期。',
              week.map(({ day }) => `query:calendar@${day}`),
            ),
          ],
      '敏感节点',
    ),
  ];
}

/** 处置与回应情况: what was done, what is said, and how the duties stand. */
export function handling({ file, dossier, records, fold }: SpecialPart): Block[] {
  const { period, readAt } = records;
  const { keyMessage, orders } = dossier;
  return [
    paragraph(measureSentences(file, period), '发布与核实'),
    paragraph(
      keyMessage
        ? [
            says(`口径第${keyMessage.version}版：${ended(keyMessage.stance)}`, [
              `keyMessage:${keyMessage.id}`,
            ]),
          ]
        : [says('没有审定的口径。', [eventCite(file)])],
      '口径',
    ),
    paragraph(
      orders.length > 0
        ? withRest(orders.map(orderSentence), fold.orders, '见处置单')
        : [says('没有下达处置单。', [eventCite(file)])],
      '处置单',
    ),
    paragraph(withRest(countdownSentences(file, period, readAt), fold.duties), '时限'),
  ];
}

const orderSentence = ({ id, leadUnit, track, task, state }: HandlingOrder): Sentence =>
  says(
    `${leadUnit}（${ORDER_TRACK_NAMES[track]}）：${plainText(task).replace(/[。.]$/u, '')}，${ORDER_STATE_NAMES[state]}。`,
    [`order:${id}`],
  );

/** 应对建议: what people advised, who is to do it, and until when; a machine advises nothing. */
export function advice({ file, dossier, fold }: SpecialPart): Block[] {
  const { assessment, orders } = dossier;
  const advised =
    assessment && assessment.advice.length > 0
      ? assessment.advice.map((one) => says(ended(one), [`assessment:${assessment.id}`]))
      : [says('研判没有登记建议，须由研判人补充；机器不代拟建议。', [eventCite(file)])];
  const open = orders.filter(({ state }) => state !== 'done' && state !== 'verified');
  const units = open.map(({ id, leadUnit, task, dueAt }) =>
    says(
      `${leadUnit}：${plainText(task).replace(/[。.]$/u, '')}，${dueAt ? `${momentInWords(dueAt)}前` : '时间按规则的时限'}。`,
      [`order:${id}`],
    ),
  );
  return [
    paragraph(advised, '建议'),
    paragraph(
      units.length > 0
        ? withRest(units, fold.orders, '见处置单')
        : [says('没有未办结的处置单。', [eventCite(file)])],
      '责任单位与时间',
    ),
  ];
}
