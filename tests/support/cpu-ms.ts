/** Processor time of this process so far, ms: on a busy machine the clock says how busy it is. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
