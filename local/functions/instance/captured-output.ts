/** A thread's own pipes cost a message and an acknowledgement per line; this collects lines instead. */
const FLUSH_MS = 20;

/** Sends what the function prints in pieces: with the next result, or a moment later. */
export function captureOutput(send: (text: string) => void): { take(): string } {
  let pending = '';
  let timer: NodeJS.Timeout | undefined;
  const take = () => {
    clearTimeout(timer);
    timer = undefined;
    const text = pending;
    pending = '';
    return text;
  };
  const write = (chunk: unknown, ...others: unknown[]): boolean => {
    pending += typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('utf8');
    timer ??= setTimeout(() => send(take()), FLUSH_MS);
    const callback = others.find((other) => typeof other === 'function') as (() => void) | undefined;
    callback?.();
    return true;
  };
  process.stdout.write = write as typeof process.stdout.write;
  process.stderr.write = write as typeof process.stderr.write;
  return { take };
}
