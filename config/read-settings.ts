import { readFileSync } from 'node:fs';
import {
  isMap,
  isPair,
  LineCounter,
  parseDocument,
  visit,
  type Document as YamlDocument,
  type Node,
} from 'yaml';
import { z } from 'zod';
import { AppError, messageOf } from '#core';
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

/** @throws {SettingsWrong} when the file is missing, no YAML, not what the schema says, or asks for what is not there */
export function readSettings(path: string): Settings {
  const settings = readSettingsAsWritten(path);
  if (settings.storage.kind === 'cluster') throw new SettingsWrong([`${path}: ${NO_CLUSTER_YET}`]);
  return settings;
}

/** Half of an office on a cluster would be an office that loses half. */
export const NO_CLUSTER_YET =
  'storage.kind 还不能是 cluster：记录流和文档能存，其余的库还不能存到 Kafka 与 Elasticsearch；请写 embedded';

/** Also settings that the product cannot run on yet. @throws {SettingsWrong} */
export function readSettingsAsWritten(path: string): Settings {
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
  const place: Place = (offset) => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw new SettingsWrong(
      document.errors.map((error) => `${place(error.pos[0])} 不是正确的 YAML：${error.message}`),
    );
  }
  const value = toValue(document, path, place);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SettingsWrong(
    parsed.error.issues.flatMap((issue) => faultsOf(issue, { document, schema, value, place })),
  );
}

/** @throws {SettingsWrong} when an alias leads nowhere, as unquoted text with a `*` in front does */
function toValue(document: YamlDocument, path: string, place: Place): unknown {
  const faults: string[] = [];
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document)) return;
      const at = place(alias.range?.[0] ?? 0);
      faults.push(`${at} 没有名为 ${alias.source} 的锚点；以 * 开头的文字须加引号`);
    },
  });
  if (faults.length > 0) throw new SettingsWrong(faults);
  try {
    return document.toJS() ?? {};
  } catch (error) {
    throw new SettingsWrong([`${path} 不是正确的 YAML：${messageOf(error)}`]);
  }
}

type Place = (offset: number) => string;

interface Read {
  readonly document: YamlDocument;
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly place: Place;
}

function faultsOf(issue: z.core.$ZodIssue, { document, schema, value, place }: Read): string[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') {
    return [`${place(offsetOf(document, path))} ${path.join('.')}：${issue.message}`];
  }
  const known = keysAt(schema, path, value);
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

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly oneOf?: readonly Shape[];
  readonly const?: unknown;
}

/** The keys a schema knows at a path of this value; empty where it takes any. */
function keysAt(schema: z.ZodType, path: readonly string[], value: unknown): string[] {
  const whole = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  let at = fitting(whole, value);
  let there = value;
  for (const key of path) {
    there = memberOf(there, key);
    at = fitting(at?.properties?.[key] ?? at?.items, there);
  }
  return Object.keys(at?.properties ?? {});
}

/** Of several shapes the one that has the value's own fixed words, such as `kind: feed`. */
function fitting(shape: Shape | undefined, value: unknown): Shape | undefined {
  const isOf = ({ properties = {} }: Shape): boolean =>
    Object.entries(properties).every(
      ([key, { const: fixed }]) => fixed === undefined || fixed === memberOf(value, key),
    );
  return shape?.oneOf?.find(isOf) ?? shape;
}

const memberOf = (value: unknown, key: string): unknown =>
  (value as Record<string, unknown> | null | undefined)?.[key];
