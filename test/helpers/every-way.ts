/** Decides one of `ways` (from 0) where something may go one way or another. */
export type Pick = (ways: number) => number;

/** Runs `play` once for every way in which all decisions that it asks for may come out. */
export async function everyWay(play: (pick: Pick) => Promise<void>): Promise<number> {
  const path: { taken: number; ways: number }[] = [];
  for (let plays = 1; ; plays += 1) {
    let at = 0;
    await play((ways) => {
      path[at] ??= { taken: 0, ways };
      at += 1;
      return path[at - 1]?.taken ?? 0;
    });
    while (path.length > 0 && isLast(path.at(-1))) path.pop();
    const next = path.at(-1);
    if (next === undefined) return plays;
    next.taken += 1;
  }
}

const isLast = (step?: { taken: number; ways: number }) => step !== undefined && step.taken === step.ways - 1;

/** Lets whoever awaits it go on when it is their turn. */
export type Turn = () => Promise<void>;

/** Runs some at once, one step of one of them at a time, in the order that `pick` decides. */
export async function interleaved(pick: Pick, actors: readonly ((turn: Turn) => Promise<unknown>)[]) {
  const waiting: (() => void)[] = [];
  let paused = () => {};
  const untilPaused = () =>
    new Promise<void>((resolve) => {
      paused = resolve;
    });
  const turn = () =>
    new Promise<void>((go) => {
      waiting.push(go);
      paused();
    });
  for (const act of actors) {
    const isPaused = untilPaused();
    void act(turn)
      .catch(() => undefined)
      .then(() => paused());
    await isPaused;
  }
  while (waiting.length > 0) {
    const isPaused = untilPaused();
    waiting.splice(pick(waiting.length), 1)[0]?.();
    await isPaused;
  }
}
