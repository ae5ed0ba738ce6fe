// Adds version-only entries for platform packages that the registry did not show when the lock was written, so that `npm ci` accepts it. Run after every change of dependencies: node complete-lock.mjs package-lock.json
import fs from 'node:fs';
const file = process.argv[2] ?? 'package-lock.json';
const lock = JSON.parse(fs.readFileSync(file, 'utf8'));
let n = 0;
for (const [at, pkg] of Object.entries(lock.packages))
  for (const [name, version] of Object.entries(pkg.optionalDependencies ?? {})) {
    if (lock.packages[`${at}/node_modules/${name}`] || lock.packages[`node_modules/${name}`])
      continue;
    if (!/^\d+\.\d+\.\d+$/.test(version)) {
      console.log('skip', name, version);
      continue;
    }
    const m =
      /(android|darwin|freebsd|linux|openharmony|win32)-(arm-eabi|arm64|armv7|arm|x64|ia32|ppc64|riscv64|s390x|universal)/.exec(
        name,
      );
    const os = m?.[1],
      cpu = m?.[2]?.startsWith('arm-') ? 'arm' : m?.[2];
    if (!os) {
      console.log('no platform in', name);
      continue;
    }
    const libc = /musl/.test(name) ? ['musl'] : /-gnu/.test(name) ? ['glibc'] : undefined;
    lock.packages[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      ...(libc && { libc }),
      license: pkg.license,
      optional: true,
      os: [os],
      ...(pkg.dev && { dev: true }),
    };
    n++;
  }
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) =>
    a === b ? 0 : a === '' ? -1 : b === '' ? 1 : a.localeCompare(b, 'en'),
  ),
);
fs.writeFileSync(file, JSON.stringify(lock, null, 2) + '\n');
console.log('added', n);
