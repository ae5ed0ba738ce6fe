import { spawnSync } from 'node:child_process';

/**
 * `npm run soak` kills the product again and again and then searches in a million posts; `npm run soak -- fuzz` takes
 * ten million broken inputs through its parsers; `npm run soak -- duties` kills the parts that keep duties alone. The
 * number that follows makes either shorter: kills, or the inputs in all. `npm run soak -- drill` plays the drill from its
 * first post to the closed event.
 */
const [what, ...rest] = process.argv.slice(2);
if (what === 'fuzz') await (await import('./fuzz.ts')).soakFuzz(rest);
else if (what === 'drill') {
  const { status } = spawnSync(
    'npx',
    ['vitest', 'run', 'tests/drill/whole-drill.test.ts', 'tests/browser/endings.test.ts'],
    {
      env: { ...process.env, HUIYING_LONG: 'drill' },
      stdio: 'inherit',
    },
  );
  process.exitCode = status ?? 1;
} else if (what === 'duties') await (await import('./duties.ts')).soakDuties(rest[0]);
else {
  await (await import('./kills.ts')).soakKills(what);
  await import('./search.ts');
}
