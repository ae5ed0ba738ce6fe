export interface Judged {
  readonly label: string;
  /** Undefined: it could not tell, which counts as a miss. */
  readonly got: string | undefined;
}

/** F1 of each label, averaged over the labels that occur; 0 to 1, three places. */
export function macroF1(judged: readonly Judged[]): number {
  const labels = [...new Set(judged.map(({ label }) => label))];
  if (labels.length === 0) return 0;
  const sum = labels.reduce((total, label) => {
    const right = judged.filter((one) => one.label === label && one.got === label).length;
    const wrong = judged.filter((one) => (one.label === label) !== (one.got === label)).length;
    return total + (2 * right) / (2 * right + wrong || 1);
  }, 0);
  return Math.round((sum / labels.length) * 1000) / 1000;
}
