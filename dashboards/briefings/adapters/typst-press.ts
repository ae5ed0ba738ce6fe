import { readFileSync } from 'node:fs';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { AppError, beijingDay } from '#core';
import { chooseFaces, missingCharacters, type ChosenFaces } from '../faces.ts';
import { paragraphText, type DrawnFigures, type ReportModel } from '../model.ts';
import { toTypstData } from '../to-typst-data.ts';
import type { LoadedFonts } from './fonts.ts';

const TEMPLATE = readFileSync(new URL('./report.typ', import.meta.url), 'utf8');

/** What came off the press, and what is not as the standard wants it. */
export interface PrintedPdf {
  readonly bytes: Buffer;
  /** Faces and characters that were substituted, in words. */
  readonly notes: readonly string[];
}

/** The typesetter could not set a report; the message says why. */
export class TypesettingFailed extends AppError {
  readonly code = 'TYPESETTING_FAILED';

  constructor(why: string) {
    super(`排版失败：${why}`);
  }
}

/** PDF by Typst; opened once, for fonts are large. The same model gives the same bytes. */
export class TypstPress {
  readonly #compiler: NodeCompiler;
  readonly #fonts: LoadedFonts;
  readonly #chosen: ChosenFaces;

  constructor(fonts: LoadedFonts) {
    this.#fonts = fonts;
    this.#chosen = chooseFaces(fonts.families);
    this.#compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs: [...fonts.blobs] }] });
  }

  /**
   * @param drawn the figures; one that is not there is told as a table
   * @throws {TypesettingFailed}
   */
  print(model: ReportModel, drawn: DrawnFigures = new Map()): PrintedPdf {
    const { faces, substitutes } = this.#chosen;
    const data = JSON.stringify(toTypstData(model, faces, drawn));
    const opts = { mainFileContent: TEMPLATE, inputs: { data } };
    const compiled = this.#compiler.compile(opts);
    if (compiled.hasError()) {
      const error = compiled.takeError();
      const found: unknown = error ? this.#compiler.fetchDiagnostics(error) : [];
      throw new TypesettingFailed(JSON.stringify(found));
    }
    const document = compiled.result;
    if (!document) throw new TypesettingFailed(beijingDay(model.madeAt));
    const bytes = this.#compiler.pdf(document);
    // What was set stays in memory until it is told to go.
    this.#compiler.evictCache(10);
    const missing = missingCharacters(textOf(model), faces.body, this.#fonts.families);
    return { bytes, notes: [...substitutes, ...missing] };
  }
}

function textOf({ title, header, blocks, annex }: ReportModel): string {
  const texts = [...blocks, ...annex].map((block) => {
    if (block.kind === 'heading') return block.text;
    if (block.kind === 'paragraph') return paragraphText(block);
    if (block.kind === 'figure') return `${block.name}${block.said.text}`;
    return block.rows.flatMap(({ cells }) => cells).join('');
  });
  return [title, header.name, header.office, ...texts].join('');
}
