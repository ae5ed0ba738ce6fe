import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { create, type Font } from 'fontkit';
import { AppError } from '#core';
import type { FontFamily } from '../faces.ts';

const { resolve } = createRequire(import.meta.url);

/** So that a fresh machine prints Chinese. */
const SANS = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
const FLOOR = [
  '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  '@expo-google-fonts/noto-serif-sc/900Black/NotoSerifSC_900Black.ttf',
  SANS,
  '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
];

/** Noto Sans SC as a file, for what reads its fonts by path. */
export const sansFile = (): string => resolve(SANS);

const EXTENSIONS = ['.ttf', '.otf', '.ttc', '.otc'];

export interface LoadedFonts {
  readonly families: readonly FontFamily[];
  /** The files as they are, the office's own first. */
  readonly blobs: readonly Buffer[];
}

/** A file in the font folder is no font that can be read. */
export class FontUnreadable extends AppError {
  readonly code = 'FONT_UNREADABLE';

  constructor(path: string, cause: unknown) {
    super(`字体文件 ${path} 无法读取`, { cause });
  }
}

/**
 * The fonts of the office's folder and those that come with the product.
 *
 * @throws {FontUnreadable} when the folder or a font in it cannot be read
 */
export function loadFonts(folder?: string): LoadedFonts {
  const paths = [...(folder ? fontFilesIn(folder) : []), ...FLOOR.map((path) => resolve(path))];
  const files = paths.map((path) => read(path));
  return {
    families: files.flatMap(({ families }) => families),
    blobs: files.map(({ blob }) => blob),
  };
}

function fontFilesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => EXTENSIONS.includes(extname(name).toLowerCase()))
      .toSorted()
      .map((name) => join(folder, name));
  } catch (error) {
    throw new FontUnreadable(folder, error);
  }
}

function read(path: string): { families: FontFamily[]; blob: Buffer } {
  try {
    const blob = readFileSync(path);
    const opened = create(blob);
    const fonts: Font[] = 'fonts' in opened ? opened.fonts : [opened];
    return { blob, families: fonts.flatMap(familiesOf) };
  } catch (error) {
    throw new FontUnreadable(path, error);
  }
}

/** A font under each of its names. */
function familiesOf(font: Font): FontFamily[] {
  const has = (codePoint: number): boolean => font.hasGlyphForCodePoint(codePoint);
  const { records } = (
    font as unknown as { name: { records: Record<string, Record<string, string>> } }
  ).name;
  const names = ['preferredFamily', 'fontFamily'].flatMap((key) =>
    Object.values(records[key] ?? {}),
  );
  return [...new Set([...names, font.familyName])].map((name) => ({ name, has }));
}
