import type { InvitationPageData } from './page-data';

/** One call is a read of one row; a person does not feel less. */
const PAUSE_MS = 700;
/** Shown with a calm face: what a blink of the line is, nobody needs to know. */
const LOST_AFTER = 3;

const { progressUrl, nextUrl, leftMs, lost } = JSON.parse(
  document.getElementById('data')?.textContent ?? '{}',
) as InvitationPageData;
const overAt = performance.now() + leftMs;
let unanswered = 0;

async function ask(): Promise<string> {
  try {
    const answer = await fetch(progressUrl, { headers: { accept: 'application/json' } });
    const { standing } = (await answer.json()) as { standing?: string };
    unanswered = standing === undefined ? unanswered + 1 : 0;
    return standing ?? 'waiting';
  } catch {
    unanswered += 1;
    return 'waiting';
  }
}

async function step(): Promise<void> {
  const standing = await ask();
  if (standing === 'failed') return location.reload();
  // Whoever is left without an answer goes on at the deadline all the same.
  if (standing !== 'waiting' || performance.now() >= overAt) return location.replace(nextUrl);
  const news = document.getElementById('news');
  if (news !== null && unanswered === LOST_AFTER) news.textContent = lost;
  setTimeout(step, PAUSE_MS);
}

setTimeout(step, PAUSE_MS);
