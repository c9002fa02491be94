import { LinkTracker } from '../../../local/progress/link-progress';
import { startLiveView } from '../../../local/progress/live-view';
import { renderTable } from '../../../local/progress/render-table';

const link = (userId: string, system: string) => ({
  userId,
  system,
  state: 'linked',
  accountId: 'a'.repeat(40),
  ms: 12.6,
});

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function screen(
  isTTY: boolean,
  rows = 24,
): { isTTY: boolean; rows: number; text: string; write(text: string): void } {
  return {
    ...{ isTTY, rows, text: '' },
    write(text) {
      this.text += text;
    },
  };
}

function tracker(): LinkTracker {
  const tracker = new LinkTracker(['crm', 'video']);
  tracker.expect('auth0|1', 0);
  return tracker;
}

test('a table fits into 80 columns and names each user once', () => {
  const lines = renderTable(
    [link('u1', 'crm'), link('u1', 'video'), link('u2', 'crm')],
    (id) => `${id}@${'x'.repeat(60)}`,
  );
  for (const line of lines) expect([...line].length).toBeLessThan(80);
  expect(lines.map((line) => line.slice(0, 3))).toEqual(['use', '---', 'u1@', '   ', 'u2@']);
  expect(lines[2]).toMatch(/crm +linked +a+… +13$/);
});

test('a terminal sees the table drawn over itself', () => {
  const out = screen(true);
  const view = startLiveView(tracker(), 1, (id) => id, out);
  jest.advanceTimersByTime(100);
  view.finish();
  expect(out.text.split('\u001b[4A')).toHaveLength(3);
});

test('a pipe gets the last state only, and nothing of many users', () => {
  const [few, many] = [screen(false), screen(false)];
  startLiveView(tracker(), 1, (id) => id, few).finish();
  startLiveView(tracker(), 100, (id) => id, many).finish();
  expect(few.text).toMatch(/^user .*\n-+\nauth0\|1 +crm +waiting/);
  expect(few.text).not.toContain('\u001b');
  expect(many.text).toBe('');
});

test('many users are one line in a terminal', () => {
  const out = screen(true);
  startLiveView(tracker(), 100, (id) => id, out).finish();
  expect(out.text).toContain('0 of 2 links settled');
});

test('a table higher than the terminal is drawn at the beginning and the end, not over itself', () => {
  const out = screen(true, 3);
  const view = startLiveView(tracker(), 1, (id) => id, out);
  jest.advanceTimersByTime(1_000);
  view.finish();
  expect(out.text).not.toContain('\u001b[4A');
  expect(out.text.match(/user /g)).toHaveLength(2);
});
