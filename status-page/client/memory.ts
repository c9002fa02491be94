/** Remembers in this tab which login went on from here, so that the way back does not lead forward again. */
const KEY = 'punctual';

export function hasLeft(state: string): boolean {
  try {
    return sessionStorage.getItem(KEY) === state;
  } catch {
    // Where nothing may be kept, coming by the back button is the next best sign.
    const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    return entry?.type === 'back_forward';
  }
}

export function rememberLeaving(state: string): void {
  try {
    sessionStorage.setItem(KEY, state);
  } catch {}
}
