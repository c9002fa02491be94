import type { EventLoopUtilityFunction } from 'node:perf_hooks';

/** Gives the share of time a thread was busy since it was asked last, between 0 and 1. */
export function utilizationOf(thread: {
  readonly eventLoopUtilization: EventLoopUtilityFunction;
}): () => number {
  let last = thread.eventLoopUtilization();
  return () => {
    const now = thread.eventLoopUtilization();
    const { utilization } = thread.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}
