// Fails when a platform package is missing from the lock file: `npm ci` would refuse it on the next machine.
// Mend with: node .ci/complete-lock.mjs package-lock.json
import fs from 'node:fs';
const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
const missing = Object.entries(packages).flatMap(([at, pkg]) =>
  Object.keys(pkg.optionalDependencies ?? {}).filter(
    (name) => !packages[`${at}/node_modules/${name}`] && !packages[`node_modules/${name}`],
  ),
);
if (missing.length > 0) {
  console.error(`package-lock.json lacks: ${missing.join(', ')}`);
  process.exit(1);
}
