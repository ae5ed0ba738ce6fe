/**
 * `npm run soak` kills the product again and again and then searches in a million posts; `npm run soak -- fuzz` takes
 * ten million broken inputs through its parsers; `npm run soak -- duties` kills the parts that keep duties alone. The
 * number that follows makes either shorter: kills, or the inputs in all.
 */
const [what, ...rest] = process.argv.slice(2);
if (what === 'fuzz') await (await import('./fuzz.ts')).soakFuzz(rest);
else if (what === 'duties') await (await import('./duties.ts')).soakDuties(rest[0]);
else {
  await (await import('./kills.ts')).soakKills(what);
  await import('./search.ts');
}
