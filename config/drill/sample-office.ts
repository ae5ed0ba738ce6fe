import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { RegionSchema, WatchSchema } from '#analyze';
import { RoleSchema, Unreadable } from '#core';

/** Mail of the sample office goes to a name that no network answers for (RFC 2606). */
const MAIL_DOMAIN = 'drill.invalid';

const OfficeFileSchema = z
  .strictObject({
    name: z.string(),
    people: z
      .array(
        z.strictObject({
          signInName: z.string().regex(/^[a-z]+$/),
          name: z.string(),
          unit: z.string(),
          roles: z.array(RoleSchema).min(1),
        }),
      )
      .min(1),
    /** Sign-in names of the first and second duty officer. */
    duty: z.strictObject({ first: z.string(), second: z.string() }),
    regions: z.array(RegionSchema).min(1),
    watches: z.array(WatchSchema).min(1),
  })
  .superRefine(({ people, duty }, context) => {
    for (const signInName of [duty.first, duty.second]) {
      const officer = people.find((person) => person.signInName === signInName);
      if (!officer?.roles.includes('dutyOfficer')) {
        const message = `${signInName} is no duty officer of this office`;
        context.addIssue({ code: 'custom', path: ['duty'], message });
      }
    }
  });

type OfficeFile = Readonly<z.infer<typeof OfficeFileSchema>>;
export type SampleOffice = Omit<OfficeFile, 'people'> & {
  readonly people: readonly (OfficeFile['people'][number] & { readonly email: string })[];
  /** The pack of its responsibility rules. */
  readonly responsibilityPath: string;
};

const OFFICES = new URL('./offices/', import.meta.url);

/** 样例单位: whom a drill plays with. @throws {Unreadable} when the file does not keep the schema */
export function loadSampleOffice(name = 'linjiang'): SampleOffice {
  if (!/^[a-z0-9-]+$/.test(name)) throw new Unreadable(`样例单位 ${name}`, undefined);
  try {
    const text = readFileSync(new URL(`${name}.yaml`, OFFICES), 'utf8');
    const file = OfficeFileSchema.parse(parse(text));
    const people = file.people.map((person) => ({
      ...person,
      email: `${person.signInName}@${MAIL_DOMAIN}`,
    }));
    const rules = new URL(`./${name}-responsibility.yaml`, OFFICES);
    return { ...file, people, responsibilityPath: fileURLToPath(rules) };
  } catch (cause) {
    throw new Unreadable(`样例单位 ${name}`, cause);
  }
}
