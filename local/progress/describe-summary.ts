import type { Summary } from './summary';

/** The summary in words, for people. */
export function describeSummary(summary: Summary): string[] {
  const { users, links, linked, rejected, pending, duplicates, p50Ms, p99Ms, perSecond } = summary;
  const parked = Object.entries(summary.parked).map(([code, count]) => `${count} ${code}`);
  return [
    `${users} users, ${linked} of ${links} links linked, ${rejected} rejected, ${pending} pending, ${duplicates} duplicates`,
    `Action called -> link written: ${p50Ms} ms (median), ${p99Ms} ms (99 of 100), ${perSecond} users a second`,
    ...(parked.length === 0 ? [] : [`Parked: ${parked.join(', ')}`]),
  ];
}
