import type { EChartsCoreOption } from 'echarts/core';
import { figuresOf, type DrawnFigures, type Figure, type ReportModel } from '../model.ts';
import type { Picture } from '../to-docx.ts';
import { sansFile } from './fonts.ts';

const FAMILY = 'Noto Sans SC';
const INK = '#1c2330';
/** Dark enough to keep apart from the paper in a grey print. */
const FILL = '#3a5a8c';
const WIDTH = 640;
/** Of a picture in a Word file, so that it is sharp on paper. */
const PNG_WIDTH = 1_280;
/** More numbers than these run into each other over their columns. */
const MOST_LABELLED = 16;
const LABEL_ROOM = 12;

/** Draws the figures of a report as SVG; what draws is loaded when first needed, for it is large. */
export async function drawFigures(model: ReportModel): Promise<DrawnFigures> {
  const figures = figuresOf(model);
  if (figures.length === 0) return new Map();
  const [{ init, use }, { BarChart }, { GridComponent }, { SVGRenderer }] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ]);
  use([BarChart, GridComponent, SVGRenderer]);
  return new Map(
    figures.map((figure) => {
      const height = heightOf(figure);
      const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
      try {
        chart.setOption(optionOf(figure));
        return [figure.name, settled(chart.renderToSVGString())];
      } finally {
        chart.dispose();
      }
    }),
  );
}

const heightOf = ({ form, points }: Figure): number =>
  form === 'columns' ? 260 : 46 + 30 * points.length;

function optionOf({ form, unit, points }: Figure): EChartsCoreOption {
  const text = { fontFamily: FAMILY, fontSize: 13, color: INK };
  const labels = points.map(({ label }) => shortened(label));
  const names = {
    type: 'category',
    data: form === 'bars' ? labels.toReversed() : labels,
    axisLabel: { ...text, hideOverlap: true },
    axisTick: { show: false },
    axisLine: { lineStyle: { color: INK } },
  };
  const numbers = {
    type: 'value',
    name: unit,
    minInterval: 1,
    nameTextStyle: text,
    axisLabel: text,
    splitLine: { lineStyle: { color: '#c9ced6' } },
  };
  const values = points.map(({ value }) => value);
  return {
    animation: false,
    textStyle: text,
    grid: { left: 8, right: 40, top: 30, bottom: 8, outerBoundsMode: 'same' },
    xAxis: form === 'columns' ? names : numbers,
    yAxis: form === 'columns' ? numbers : names,
    series: [
      {
        type: 'bar',
        data: form === 'bars' ? values.toReversed() : values,
        barMaxWidth: 28,
        itemStyle: { color: FILL },
        label: {
          ...text,
          show: points.length <= MOST_LABELLED,
          position: form === 'bars' ? 'right' : 'top',
        },
      },
    ],
  };
}

const shortened = (label: string): string => {
  const letters = Array.from(label);
  return letters.length > LABEL_ROOM ? `${letters.slice(0, LABEL_ROOM - 1).join('')}…` : label;
};

/** Without what only a page with scripts needs, and what counts how many were drawn before. */
const settled = (svg: string): string =>
  svg
    .replaceAll(/<style[^>]*>.*?<\/style>/gsu, '')
    .replaceAll(/ (?:class|ecmeta_\w+)="[^"]*"/gu, '')
    .replaceAll(/zr\d+-/gu, 'zr0-');

/** Figures as pictures for a Word file. */
export async function picturesOf(drawn: DrawnFigures): Promise<ReadonlyMap<string, Picture>> {
  if (drawn.size === 0) return new Map();
  const { Resvg } = await import('@resvg/resvg-js');
  return new Map(
    [...drawn].map(([name, svg], number) => {
      const image = new Resvg(svg, {
        fitTo: { mode: 'width', value: PNG_WIDTH },
        background: '#fff',
        font: { loadSystemFonts: false, fontFiles: [sansFile()], defaultFontFamily: FAMILY },
      }).render();
      const { width, height } = image;
      return [name, { id: number + 1, png: image.asPng(), width, height }];
    }),
  );
}
