import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  ImageRun,
  LineRuleType,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  Tab,
  TabStopType,
  TextRun,
  UnderlineType,
  VerticalAlignTable,
  WidthType,
  type IParagraphOptions,
  type IRunOptions,
  type ISectionOptions,
} from 'docx';
import { FACES, type FacePart } from './faces.ts';
import { emsOf, sheetOf } from './one-page.ts';
import {
  hasTitle,
  isOnePage,
  tableOfFigure,
  type Block,
  type Figure,
  type ReportModel,
  type Sentence,
} from './model.ts';

/** As Word counts it: half-points and twips. */
interface WordSheet {
  readonly size: number;
  readonly pitch: number;
  readonly top: number;
  readonly bottom: number;
}

function wordSheetOf({ kind }: ReportModel): WordSheet {
  if (!isOnePage(kind))
    return { size: SIZE.three, pitch: PITCH, top: MARGIN.top, bottom: MARGIN.bottom };
  const { size, pitch, top, bottom } = sheetOf(kind);
  const twips = (mm: number): number => Math.round((mm / 25.4) * 1_440);
  return { size: size * 2, pitch: pitch * 20, top: twips(top), bottom: twips(bottom) };
}

/** Sizes in half-points, lengths in twips: the page of GB/T 9704, 22 lines of 28 characters. */
const PITCH = 579;
const SIZE = {
  three: 32,
  four: 28,
  table: 24,
  small: 19,
  title: 44,
  name: 112,
  compactName: 80,
  compactTitle: 36,
} as const;
const MARGIN = { top: 2098, left: 1588, right: 1474, bottom: 1984, footer: 1304 } as const;
const TEXT_WIDTH = 8844;
const TWIPS_IN_PIXEL = 15;
const RED = 'E60012';
/** 28 × 16 pt is wider than the text area: each character gives up a quarter of a point. */
const CHARACTER_SPACING = -5;

const run = (text: string, face: FacePart = 'body', more: IRunOptions = {}): TextRun =>
  new TextRun({
    text,
    font: fontOf(face),
    size: SIZE.three,
    characterSpacing: CHARACTER_SPACING,
    ...more,
  });

const fontOf = (face: FacePart): NonNullable<IRunOptions['font']> => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia: FACES[face].word,
});

const line = (children: IParagraphOptions['children'], more: IParagraphOptions = {}): Paragraph =>
  new Paragraph({
    spacing: { line: PITCH, lineRule: LineRuleType.EXACT, before: 0, after: 0 },
    ...more,
    children: children ?? [],
  });

const spaced = ({ pitch }: WordSheet) => ({
  spacing: { line: pitch, lineRule: LineRuleType.EXACT, before: 0, after: 0 },
});

const indented = { indent: { firstLineChars: 200, firstLine: 640 } } as const;
const blank = (): Paragraph => line([]);

/** A figure as PNG, with its size as it was drawn. */
export interface Picture {
  /** Its own within the document. */
  readonly id: number;
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
}

/** 报告标记: what a Word file says of itself, so that it can be read back. */
export interface WordMark {
  readonly reportId: string;
  /** Which draft it holds, and its digest. */
  readonly draft: number;
  readonly contentDigest: string;
}

export const WORD_MARKS = {
  reportId: 'huiying.report',
  draft: 'huiying.draft',
  contentDigest: 'huiying.digest',
} as const;

type Pictures = ReadonlyMap<string, Picture>;

/** Which part of the report each paragraph and table of the document belongs to, in their order. */
export function ownersOf(model: ReportModel, pictures: Pictures): ('head' | 'foot' | number)[] {
  const sheet = wordSheetOf(model);
  return [
    ...head(model, sheet).map(() => 'head' as const),
    ...[...model.blocks, ...model.annex].flatMap((block, number) =>
      partsOf(block, pictures, sheet).map(() => number),
    ),
    ...foot(model).map(() => 'foot' as const),
  ];
}

const partsOf = (block: Block, pictures: Pictures, sheet: WordSheet): (Paragraph | Table)[] =>
  block.kind === 'figure'
    ? toFigure(block, pictures.get(block.name), sheet)
    : toParts(block, sheet);

/**
 * The report as a document that an office opens in Word or WPS, changes and sends.
 *
 * @param pictures the figures by their names; one that is not there is told as a table
 */
export function toDocument(
  model: ReportModel,
  pictures: Pictures = new Map(),
  mark?: WordMark,
): Document {
  const { header, title } = model;
  const section: ISectionOptions = {
    properties: {
      page: {
        size: { width: 11_906, height: 16_838 },
        margin: {
          ...MARGIN,
          top: wordSheetOf(model).top,
          bottom: wordSheetOf(model).bottom,
          header: 851,
          // A page number above the margin would push the text up.
          footer: Math.min(MARGIN.footer, wordSheetOf(model).bottom - 680),
          gutter: 0,
        },
      },
      grid: { type: DocumentGridType.LINES, linePitch: wordSheetOf(model).pitch },
    },
    footers: { default: pageNumber(AlignmentType.RIGHT), even: pageNumber(AlignmentType.LEFT) },
    children: [
      ...head(model, wordSheetOf(model)),
      ...[...model.blocks, ...model.annex].flatMap((block) =>
        partsOf(block, pictures, wordSheetOf(model)),
      ),
      ...foot(model),
    ],
  };
  return new Document({
    title,
    creator: header.office,
    lastModifiedBy: header.office,
    description: header.number,
    ...(mark && {
      customProperties: [
        { name: WORD_MARKS.reportId, value: mark.reportId },
        { name: WORD_MARKS.draft, value: String(mark.draft) },
        { name: WORD_MARKS.contentDigest, value: mark.contentDigest },
      ],
    }),
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: {
          run: {
            font: fontOf('body'),
            size: SIZE.three,
            language: { value: 'zh-CN', eastAsia: 'zh-CN' },
          },
        },
      },
    },
    sections: [section],
  });
}

function head(
  { header, kind, standing, title, period }: ReportModel,
  sheet: WordSheet,
): (Paragraph | Table)[] {
  const isCompact = isOnePage(kind);
  const { size } = sheet;
  const drill = header.isDrill
    ? [new TextRun({ children: [new Tab()] }), run('演练', 'hei', { size: sheet.size, color: RED })]
    : [];
  const all = [header.office, header.number, header.date];
  // One page has a line less to give, where all three find room in it.
  const isInOneLine = isCompact && emsOf(all.join('　')) <= TEXT_WIDTH / (size * 10) - 2;
  const nameSize = Math.min(
    isCompact ? SIZE.compactName : SIZE.name,
    Math.floor((420 / (Array.from(header.name).length * 1.1)) * 2),
  );
  return [
    line([run(header.marking, 'hei', { size }), ...drill], {
      ...spaced(sheet),
      tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }],
    }),
    ...(isCompact ? [] : [blank(), blank()]),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      ...(isCompact && { spacing: { line: 920, lineRule: LineRuleType.EXACT } }),
      children: [
        run(header.name, 'title', { size: nameSize, color: RED, bold: true, characterSpacing: 60 }),
      ],
    }),
    ...(isCompact ? [] : [blank()]),
    ...(isInOneLine
      ? []
      : [
          line([run(header.number, 'body', { size })], {
            alignment: AlignmentType.CENTER,
            ...spaced(sheet),
          }),
        ]),
    line(
      (isInOneLine ? all : [header.office, header.date]).flatMap((text, number) => [
        ...(number > 0 ? [new TextRun({ children: [new Tab()] })] : []),
        run(text, 'body', { size }),
      ]),
      {
        indent: { left: 320, right: 320 },
        ...spaced(sheet),
        tabStops: [
          ...(isInOneLine ? [{ type: TabStopType.CENTER, position: TEXT_WIDTH / 2 }] : []),
          { type: TabStopType.RIGHT, position: TEXT_WIDTH - 320 },
        ],
      },
    ),
    // A paragraph of its own: on the indented one the line would be short.
    new Paragraph({
      spacing: {
        line: isCompact ? 120 : 227,
        lineRule: LineRuleType.EXACT,
        before: 0,
        after: isCompact ? 60 : 120,
      },
      border: { bottom: { style: BorderStyle.SINGLE, size: 16, color: RED, space: 0 } },
      children: [],
    }),
    line([run(standing.join('　'), 'kai', { size: Math.min(size, SIZE.four) })], {
      alignment: AlignmentType.CENTER,
      ...spaced(sheet),
    }),
    ...(header.notices ?? []).map((notice) =>
      line([run(notice, 'kai', { size: Math.min(size, SIZE.four), color: RED })], {
        alignment: AlignmentType.CENTER,
        ...spaced(sheet),
      }),
    ),
    ...(hasTitle(kind)
      ? [
          ...(isCompact ? [] : [blank()]),
          new Paragraph({
            alignment: AlignmentType.CENTER,
            heading: HeadingLevel.TITLE,
            spacing: {
              line: isCompact ? 480 : 600,
              lineRule: LineRuleType.EXACT,
              before: 0,
              after: 0,
            },
            children: [
              run(title, 'title', {
                size: isCompact ? SIZE.compactTitle : SIZE.title,
                bold: true,
                color: '000000',
              }),
            ],
          }),
        ]
      : []),
    line([run(`（${period}）`, 'kai', { size })], {
      alignment: AlignmentType.CENTER,
      ...spaced(sheet),
    }),
  ];
}

function toFigure(
  figure: Figure,
  picture: Picture | undefined,
  sheet: WordSheet,
): (Paragraph | Table)[] {
  const said = line([toRun(figure.said, sheet)], {
    ...indented,
    ...spaced(sheet),
    alignment: AlignmentType.BOTH,
  });
  if (!picture) return [...toParts(tableOfFigure(figure), sheet), said];
  const width = Math.round(TEXT_WIDTH / TWIPS_IN_PIXEL);
  const height = Math.round((width * picture.height) / picture.width);
  const title = figure.name;
  return [
    // Not of the line's height: the picture would be cut to it.
    new Paragraph({
      alignment: AlignmentType.CENTER,
      keepNext: true,
      children: [
        new ImageRun({
          type: 'png',
          data: picture.png,
          transformation: { width, height },
          altText: {
            id: String(picture.id),
            name: title,
            title,
            description: figure.said.text,
          },
        }),
      ],
    }),
    line([run(title, 'hei', { size: SIZE.four })], {
      alignment: AlignmentType.CENTER,
      keepNext: true,
    }),
    said,
  ];
}

function toParts(block: Exclude<Block, Figure>, sheet: WordSheet): (Paragraph | Table)[] {
  if (block.kind === 'heading') {
    const heading = block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2;
    const face = block.level === 1 ? 'hei' : 'kai';
    return [
      line([run(block.text, face, { size: sheet.size, color: '000000', bold: false })], {
        heading,
        keepNext: true,
        ...indented,
        ...spaced(sheet),
      }),
    ];
  }
  if (block.kind === 'paragraph') {
    const lead = block.lead ? [run(`${block.lead}：`, 'kai', { size: sheet.size })] : [];
    return [
      line([...lead, ...block.sentences.map((one) => toRun(one, sheet))], {
        ...indented,
        ...spaced(sheet),
        alignment: AlignmentType.BOTH,
      }),
    ];
  }
  return [
    line([run(block.name, 'hei', { size: SIZE.four })], {
      alignment: AlignmentType.CENTER,
      keepNext: true,
    }),
    toTable(block),
    blank(),
  ];
}

function toRun(
  { text, url, byPerson }: Sentence,
  { size }: WordSheet,
): TextRun | ExternalHyperlink {
  // Words of a person: a dotted line tells them from the machine's.
  const words = run(text, 'body', {
    size,
    ...(byPerson && { underline: { type: UnderlineType.DOTTED, color: '5A6069' } }),
  });
  return url ? new ExternalHyperlink({ link: url, children: [words] }) : words;
}

function toTable({ columns, rows }: Extract<Block, { kind: 'table' }>): Table {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.floor((TEXT_WIDTH * share) / whole));
  const cell = (text: string, number: number, face: FacePart): TableCell =>
    new TableCell({
      width: { size: widths[number] ?? 0, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { top: 60, bottom: 60, left: 80, right: 80 },
      children: [
        new Paragraph({
          alignment: face === 'hei' ? AlignmentType.CENTER : AlignmentType.LEFT,
          children: [run(text, face, { size: SIZE.table, characterSpacing: 0 })],
        }),
      ],
    });
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map(({ title }, number) => cell(title, number, 'hei')),
      }),
      ...rows.map(
        ({ cells }) =>
          new TableRow({
            cantSplit: true,
            children: cells.map((text, number) => cell(text, number, 'body')),
          }),
      ),
    ],
  });
}

function foot({ header, kind, dataNote, distribution }: ReportModel): Paragraph[] {
  const isCompact = isOnePage(kind);
  const small = { size: isCompact ? SIZE.small : SIZE.four };
  const spacing = {
    line: isCompact ? 280 : 440,
    lineRule: LineRuleType.EXACT,
    before: 0,
    after: 0,
  };
  const rule = (size: number) => ({ style: BorderStyle.SINGLE, size, color: '000000', space: 1 });
  return [
    ...(isCompact ? [] : [blank()]),
    // Kept with what follows, so that the last lines never stand alone on a page.
    line(
      [run('数据说明：', 'hei', small), ...dataNote.map(({ text }) => run(text, 'body', small))],
      {
        ...indented,
        spacing,
        keepLines: true,
        keepNext: true,
      },
    ),
    line([run(distribution, 'body', small)], {
      spacing: { ...spacing, before: isCompact ? 100 : 240 },
      keepNext: true,
      border: { top: rule(8), bottom: rule(6) },
    }),
    line(
      [
        run(header.office, 'body', small),
        new TextRun({ children: [new Tab()] }),
        run(`${header.date}印发`, 'body', small),
      ],
      {
        spacing,
        border: { bottom: rule(8) },
        tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }],
      },
    ),
  ];
}

function pageNumber(alignment: (typeof AlignmentType)[keyof typeof AlignmentType]): Footer {
  const font = fontOf('song');
  return new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: { left: 280, right: 280 },
        children: [
          new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font, size: SIZE.four }),
        ],
      }),
    ],
  });
}
