const UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'm', ms: 60_000 },
  { name: 's', ms: 1_000 },
] as const;

/** The largest unit of a time that has passed, such as `3h`; `now` below a second. */
export function describeDuration(ms: number): string {
  const unit = UNITS.find((candidate) => ms >= candidate.ms);
  return unit === undefined ? 'now' : `${Math.floor(ms / unit.ms)}${unit.name}`;
}
