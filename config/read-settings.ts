import { readFileSync } from 'node:fs';
import {
  isMap,
  isPair,
  LineCounter,
  parseDocument,
  type Document as YamlDocument,
  type Node,
} from 'yaml';
import { z } from 'zod';
import { AppError } from '#core';
import { nearestWord } from './nearest-word.ts';
import { SettingsSchema, type Settings } from './settings.ts';

z.config(z.locales.zhCN());

/** The settings cannot be used; every fault with its file, line and column. */
export class SettingsWrong extends AppError {
  readonly code = 'SETTINGS_WRONG';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`设置有误：\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** @throws {SettingsWrong} when the file is missing, no YAML, or not what the schema says */
export function readSettings(path: string): Settings {
  return parseYaml(path, readText(path), SettingsSchema);
}

/** Reads a rule pack or any other YAML file by its schema. @throws {SettingsWrong} */
export function readYaml<T extends z.ZodType>(path: string, schema: T): z.output<T> {
  return parseYaml(path, readText(path), schema);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new SettingsWrong([`${path}: 读不到这个文件`]);
  }
}

/** @param path only names the file in messages */
export function parseYaml<T extends z.ZodType>(path: string, text: string, schema: T): z.output<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw new SettingsWrong(
      document.errors.map((error) => `${place(error.pos[0])} 不是正确的 YAML：${error.message}`),
    );
  }
  const parsed = schema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  throw new SettingsWrong(
    parsed.error.issues.flatMap((issue) => faultsOf(issue, document, schema, place)),
  );
}

function faultsOf(
  issue: z.core.$ZodIssue,
  document: YamlDocument,
  schema: z.ZodType,
  place: (offset: number) => string,
): string[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') {
    return [`${place(offsetOf(document, path))} ${path.join('.')}：${issue.message}`];
  }
  const known = keysAt(schema, path);
  return issue.keys.map((key) => {
    const nearest = nearestWord(key, known);
    const hint = nearest ? `，是不是想写 ${nearest}？` : `，这里可以写：${known.join('、')}`;
    const at = place(offsetOf(document, [...path, key]));
    return `${at} ${[...path, key].join('.')}：没有这个设置${hint}`;
  });
}

/** Where a key stands in the text; the nearest parent when the key itself is absent. */
function offsetOf(document: YamlDocument, path: readonly string[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String(item.key) === key);
      if (!pair) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else {
      node = (node as { items?: unknown[] } | undefined)?.items?.[Number(key)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    }
  }
  return offset;
}

/** The keys a schema knows at a path; empty where it takes any. */
function keysAt(schema: z.ZodType, path: readonly string[]): string[] {
  let at: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  for (const key of path) {
    const step = at as { properties?: Record<string, unknown>; items?: unknown };
    at = step.properties?.[key] ?? step.items;
  }
  return Object.keys((at as { properties?: object } | undefined)?.properties ?? {});
}
