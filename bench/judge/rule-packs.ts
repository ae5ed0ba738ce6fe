import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { BurstPackSchema, GradingPackSchema, GroupingPackSchema } from '#analyze';

const SCHEMAS = {
  bursts: BurstPackSchema,
  grading: GradingPackSchema,
  grouping: GroupingPackSchema,
} as const;

/** A rule pack as the product ships it: judgement is judged under the rules that offices get. */
export function readRulePack<Name extends keyof typeof SCHEMAS>(
  name: Name,
): ReturnType<(typeof SCHEMAS)[Name]['parse']> {
  const path = new URL(`../../config/packs/${name}.yaml`, import.meta.url);
  const value: unknown = parse(readFileSync(path, 'utf8'));
  return SCHEMAS[name].parse(value) as ReturnType<(typeof SCHEMAS)[Name]['parse']>;
}
