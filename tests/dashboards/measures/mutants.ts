/**
 * Each formula with one thing wrong in it: the month of known answers must notice, in the measure it is about. A
 * formula that can be changed without a test noticing is not tested.
 */
export const MUTANTS: readonly {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly changes: string;
}[] = [
  // What a share and a duration are.
  {
    file: 'measure',
    from: 'numerator / denominator',
    to: 'numerator / (denominator + count("waived"))',
    changes: 'onTime5h',
  },
  {
    file: 'measure',
    from: "numerator + count('out')",
    to: "numerator + count('out') + count('cancelled')",
    changes: 'onTime5h',
  },
  { file: 'measure', from: "numerator + count('out')", to: "count('out')", changes: 'lateRate' },
  {
    file: 'measure',
    from: 'denominator >= leastForShare',
    to: 'denominator > leastForShare',
    changes: 'onTime5h',
  },
  {
    file: 'measure',
    from: 'denominator >= leastForShare',
    to: 'denominator >= 2',
    changes: 'onTime48h',
  },
  {
    file: 'measure',
    from: 'Math.ceil(0.9 * sorted.length) - 1',
    to: 'Math.ceil(0.9 * sorted.length)',
    changes: 'firstReportDelayPhone',
  },
  {
    file: 'measure',
    from: '0.9 * sorted.length',
    to: '0.8 * sorted.length',
    changes: 'firstReportDelayPhone',
  },
  {
    file: 'measure',
    from: 'Math.floor(sorted.length / 2)',
    to: 'Math.ceil(sorted.length / 2) - 1',
    changes: 'orderTime',
  },
  {
    file: 'measure',
    from: 'sum + ms, 0) / all.length',
    to: 'sum + ms, 0) / (all.length - 1)',
    changes: 'continuousGap',
  },
  {
    file: 'measure',
    from: 'times.length >= leastForShare',
    to: 'times.length >= 1',
    changes: 'releaseDelay',
  },
  // When a duty was met.
  {
    file: 'duties',
    from: 'isIn(period, one.statutoryDueAt)',
    to: 'isIn(period, one.start.at)',
    changes: 'onTime5h',
  },
  { file: 'duties', from: 'isIn(period, one.statutoryDueAt)', to: 'true', changes: 'onTime5h' },
  {
    file: 'duties',
    from: "isMissedBeforeWaiver(duty) ? 'out' : 'waived'",
    to: "'waived'",
    changes: 'onTime5h',
  },
  {
    file: 'duties',
    from: "isMissedBeforeWaiver(duty) ? 'out' : 'waived'",
    to: "'out'",
    changes: 'onTime5h',
  },
  { file: 'duties', from: "return 'cancelled'", to: "return 'out'", changes: 'onTime24h' },
  {
    file: 'duties',
    from: "duty.satisfiedAt <= dueAt ? 'in' : 'out'",
    to: "'in'",
    changes: 'onTime5h',
  },
  { file: 'duties', from: "readAt >= dueAt ? 'out' : 'open'", to: "'open'", changes: 'onTime48h' },
  { file: 'records', from: 'at < to', to: 'at <= to', changes: 'transferOnTime' },
  { file: 'records', from: 'at >= from', to: 'at > from', changes: 'transferOnTime' },
  // Discovering.
  {
    file: 'discovering',
    from: "isAtLeast(gradeOfNotice(one, records), 'L4')",
    to: 'true',
    changes: 'missRate',
  },
  {
    file: 'discovering',
    from: "isAtLeast(gradeOf(event), 'L4') && !notFound",
    to: '!notFound',
    changes: 'missRate',
  },
  { file: 'discovering', from: '&& !notFound.has(event.id)', to: '', changes: 'missRate' },
  { file: 'discovering', from: 'learnedAt <= event.knownAt.at', to: 'true', changes: 'missRate' },
  { file: 'discovering', from: 'one.isInPlan === isInPlan', to: 'true', changes: 'planningGaps' },
  {
    file: 'discovering',
    from: 'isIn(records.period, one.learnedAt)',
    to: 'true',
    changes: 'missRate',
  },
  { file: 'discovering', from: "isHealthy ? 'in' : 'out'", to: "'in'", changes: 'coverage' },
  {
    file: 'discovering',
    from: 'event.knownAt.at.getTime() - event.firstPublicAt.getTime()',
    to: 'event.lastPostAt.getTime() - event.firstPublicAt.getTime()',
    changes: 'detectionDelay',
  },
  {
    file: 'discovering',
    from: "&& first?.publishedFrom !== 'fetch'",
    to: '',
    changes: 'detectionDelay',
  },
  {
    file: 'discovering',
    from: "kind === 'confirmed' || kind === 'raised' || kind === 'lowered'",
    to: "kind !== 'proposed'",
    changes: 'assessmentTime',
  },
  {
    file: 'discovering',
    from: 'graded.at.getTime() - proposed.at.getTime()',
    to: 'graded.at.getTime() - event.knownAt.at.getTime()',
    changes: 'assessmentTime',
  },
  {
    file: 'discovering',
    from: 'triggeredAt.at.getTime() - knownAt.at.getTime()',
    to: 'triggeredAt.at.getTime() - event.firstPublicAt.getTime()',
    changes: 'slowGrowth',
  },
  {
    file: 'discovering',
    from: "onTimeItems(records, 'GRADE_CONFIRM')",
    to: "onTimeItems(records, 'PLAN_START')",
    changes: 'gradedOnTime',
  },
  // Reporting.
  {
    file: 'reporting',
    from: "standings.includes('out')) return 'in'",
    to: "standings.every((one) => one === 'out')) return 'in'",
    changes: 'lateRate',
  },
  {
    file: 'reporting',
    from: "standings.includes('in')) return 'out'",
    to: "standings.every((one) => one === 'in')) return 'out'",
    changes: 'lateRate',
  },
  {
    file: 'reporting',
    from: 'one.part === part',
    to: 'one.part !== part',
    changes: 'firstReportDelayWritten',
  },
  {
    file: 'reporting',
    from: "onTimeItems(records, 'TRANSFER_DUE')",
    to: "onTimeItems(records, 'RESPONSE_48H').slice(1)",
    changes: 'transferOnTime',
  },
  {
    file: 'reporting',
    from: 'filter(({ sentAt }) => isIn(period, sentAt))',
    to: 'filter(() => true)',
    changes: 'reportErrors',
  },
  {
    file: 'reporting',
    from: "if (!correction?.isFactual) return 'out'",
    to: "if (!correction) return 'out'",
    changes: 'reportErrors',
  },
  {
    file: 'reporting',
    from: "correction.sentAt && correction.sentAt <= readAt ? 'in' : 'open'",
    to: "'in'",
    changes: 'reportErrors',
  },
  {
    file: 'build-measures',
    from: 'sentReports: records.sentReports.filter(isOwn)',
    to: 'sentReports: records.sentReports',
    changes: 'reportErrors',
  },
  // Responding.
  {
    file: 'responding',
    from: "onTimeItems(records, 'AUTH_RELEASE_5H')",
    to: "onTimeItems(records, 'PRESS_24H')",
    changes: 'onTime5h',
  },
  {
    file: 'responding',
    from: "onTimeItems(records, 'PRESS_24H')",
    to: "onTimeItems(records, 'AUTH_RELEASE_5H')",
    changes: 'onTime24h',
  },
  {
    file: 'responding',
    from: "onTimeItems(records, 'RESPONSE_48H')",
    to: "onTimeItems(records, 'CONTINUOUS')",
    changes: 'onTime48h',
  },
  {
    file: 'responding',
    from: "onTimeItems(records, 'CONTINUOUS')",
    to: "onTimeItems(records, 'RESPONSE_48H')",
    changes: 'continuousOnTime',
  },
  {
    file: 'responding',
    from: "shadowItems(release, 'knownAt', records)",
    to: "shadowItems(release, 'occurredAt', records)",
    changes: 'onTime5hFromKnown',
  },
  {
    file: 'responding',
    from: 'startAt.getTime() + lengthMs',
    to: 'duty.start.at.getTime() + lengthMs',
    changes: 'onTime5hFromKnown',
  },
  {
    file: 'responding',
    from: "if (!startAt) return dutyItem(duty, 'unknown')",
    to: "if (!startAt) return dutyItem(duty, 'out')",
    changes: 'onTime5hFromOccurred',
  },
  {
    file: 'responding',
    from: 'duty.satisfiedAt.getTime() - duty.start.at.getTime()',
    to: 'duty.statutoryDueAt.getTime() - duty.start.at.getTime()',
    changes: 'releaseDelay',
  },
  {
    file: 'responding',
    from: 'principals.some((name) => spokesperson.includes(name))',
    to: 'true',
    changes: 'principalStatement',
  },
  {
    file: 'responding',
    from: "standing === 'cancelled' || standing === 'open'",
    to: "standing === 'cancelled' || standing === 'open' || standing === 'waived'",
    changes: 'principalStatement',
  },
  {
    file: 'responding',
    from: 'untilMs = duty.start.at.getTime() + 24 * HOUR_MS',
    to: 'untilMs = duty.start.at.getTime() + 5 * HOUR_MS',
    changes: 'principalStatement',
  },
  {
    file: 'responding',
    from: 'one.at.getTime() - before.at.getTime()',
    to: 'one.at.getTime() - (told[0]?.at.getTime() ?? 0)',
    changes: 'continuousGap',
  },
  {
    file: 'responding',
    from: "countdowns.some(({ code }) => code === 'CONTINUOUS')",
    to: 'countdowns.length > 99',
    changes: 'continuousGap',
  },
  {
    file: 'responding',
    from: "standing: missing.length > 0 ? 'in' : 'out'",
    to: "standing: missing.length > 0 ? 'out' : 'in'",
    changes: 'perfunctory',
  },
  {
    file: 'responding',
    from: 'published && isIn(records.period, published.at)',
    to: 'published',
    changes: 'perfunctory',
  },
  // After the release.
  {
    file: 'after-release',
    from: 'evaluated.draft.answered.includes(text)',
    to: 'true',
    changes: 'focusAnswered',
  },
  {
    file: 'after-release',
    from: '!isIn(records.period, evaluated.at)',
    to: 'isIn(records.period, evaluated.at)',
    changes: 'focusAnswered',
  },
  {
    file: 'after-release',
    from: "tone === 'negative'",
    to: "tone !== 'negative'",
    changes: 'sentimentShift',
  },
  {
    file: 'after-release',
    from: 'aroundRelease(release.at',
    to: 'aroundRelease(file.event.knownAt.at',
    changes: 'sentimentShift',
  },
  {
    file: 'after-release',
    from: 'release.at.getTime() + hours * HOUR_MS',
    to: 'release.at.getTime()',
    changes: 'sentimentShift',
  },
  {
    file: 'after-release',
    from: 'first.at.getTime() + days * DAY_MS',
    to: 'first.at.getTime() + 9 * DAY_MS',
    changes: 'secondaryEvents',
  },
  {
    file: 'after-release',
    from: 'secondPeak(at, postedAt',
    to: 'secondPeak(at, postedAt.slice(0, 3)',
    changes: 'secondaryEvents',
  },
  {
    file: 'after-release',
    from: 'after.negative / before.negative',
    to: 'after.posts / before.posts',
    changes: 'sentimentShift',
  },
  // Handling and the register.
  {
    file: 'handling',
    from: "(standing === 'in' || standing === 'out')) return 'in'",
    to: "standing === 'in') return 'in'",
    changes: 'supervisionDoneRate',
  },
  {
    file: 'handling',
    from: "onTimeItems(records, 'ORDER_DONE')",
    to: "onTimeItems(records, 'ORDER_ACCEPT')",
    changes: 'ordersOnTime',
  },
  {
    file: 'handling',
    from: "standing: returns.length > 0 ? 'in' : 'out'",
    to: "standing: returns.length > 1 ? 'in' : 'out'",
    changes: 'ordersReturned',
  },
  {
    file: 'handling',
    from: 'isIn(period, opened.at)',
    to: 'opened.at < period.to',
    changes: 'supervisionsClosed',
  },
  {
    file: 'handling',
    from: "standing: state === 'closed' ? 'in' : 'out'",
    to: "standing: state === 'verified' ? 'in' : 'out'",
    changes: 'supervisionsClosed',
  },
  {
    file: 'handling',
    from: '[release.published, ...(release.alsoPublished ?? [])]',
    to: '[release.published]',
    changes: 'registerCompleteness',
  },
  {
    file: 'handling',
    from: 'channel === publication.channel',
    to: "channel === 'weibo'",
    changes: 'registerCompleteness',
  },
  {
    file: 'handling',
    from: "value.trim() === ''",
    to: "value === ''",
    changes: 'registerCompleteness',
  },
  // What the public waited to hear.
  {
    file: 'clarifying',
    from: 'isIn(period, at ?? verdict.at)',
    to: 'isIn(period, verdict.at)',
    changes: 'rumourClarification',
  },
  {
    file: 'clarifying',
    from: " && verdict?.verdict !== 'misleading'",
    to: '',
    changes: 'rumourClarification',
  },
  {
    file: 'clarifying',
    from: "verdict?.verdict !== 'false' && verdict?.verdict !== 'misleading'",
    to: 'verdict === undefined',
    changes: 'rumourClarification',
  },
  {
    file: 'build-measures',
    from: 'rumors: records.rumors.filter(isOwn),',
    to: '',
    changes: 'rumourClarification',
  },
  { file: 'duties', from: ', ...otherDuties]', to: ']', changes: 'transferOnTime' },
  // What an inspector looks at.
  { file: 'concealment', from: '|| reported.has(event.id)', to: '', changes: 'closedUnreported' },
  {
    file: 'concealment',
    from: 'statutoryDueAt <= at && (!satisfiedAt || satisfiedAt > at)',
    to: 'statutoryDueAt <= at',
    changes: 'loweredAfterDue',
  },
  { file: 'concealment', from: 'statutoryDueAt <= at && ', to: '', changes: 'loweredAfterDue' },
  {
    file: 'concealment',
    from: 'reportedAt.getTime() - seenAt.getTime()',
    to: 'reportedAt.getTime() - event.knownAt.at.getTime()',
    changes: 'seenToReported',
  },
  { file: 'concealment', from: 'one?.lateReason\n', to: 'one\n', changes: 'timesEnteredLate' },
];
