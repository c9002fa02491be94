import fc from 'fast-check';
import { type Fate, World } from './world';

const USERS = 2;
const MINUTE = 60_000;

/** One thing that happens, and how a counterexample names it. */
class Step {
  constructor(
    private readonly words: string,
    readonly run: (world: World) => void | Promise<void>,
  ) {}

  [fc.toStringMethod](): string {
    return this.words;
  }
}

const user = fc.nat(USERS - 1);
const any = fc.nat(50);
const fate = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Fate>('answered') },
  { weight: 4, arbitrary: fc.constantFrom<Fate>('refused', 'answer-lost', 'late') },
  { weight: 1, arbitrary: fc.constant<Fate>('crash') },
);

const ofUser = (words: string, act: (world: World, user: number) => void) =>
  user.map((who) => new Step(`${words} ${who}`, (world) => act(world, who)));

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: ofUser('register', (world, who) => world.register(who)) },
  { weight: 3, arbitrary: ofUser('update', (world, who) => world.update(who)) },
  { weight: 1, arbitrary: ofUser('revert', (world, who) => world.revert(who)) },
  { weight: 1, arbitrary: ofUser('login', (world, who) => world.login(who)) },
  { weight: 2, arbitrary: ofUser('block', (world, who) => world.block(who, true)) },
  { weight: 2, arbitrary: ofUser('unblock', (world, who) => world.block(who, false)) },
  { weight: 2, arbitrary: ofUser('delete', (world, who) => world.erase(who)) },
  {
    weight: 1,
    arbitrary: any.map((index) => new Step(`duplicate ${index}`, (world) => world.duplicate(index))),
  },
  { weight: 8, arbitrary: any.map((index) => new Step(`deliver ${index}`, (world) => world.deliver(index))) },
  {
    weight: 20,
    arbitrary: fc
      .tuple(any, fate)
      .map(([index, how]) => new Step(`step ${index} ${how}`, (world) => world.step(index, how))),
  },
  { weight: 4, arbitrary: fc.constant(new Step('calm', (world) => world.calm())) },
  { weight: 1, arbitrary: fc.constant(new Step('sweep', (world) => world.sweep())) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(1000, 20_000, 2 * MINUTE, 20 * MINUTE, 31 * 24 * 60 * MINUTE)
      .map((ms) => new Step(`wait ${ms}`, (world) => world.tick(ms))),
  },
);

function expectSafe(world: World): void {
  const ids = world.remote.accounts();
  expect(new Set(ids).size).toBe(ids.length);
  expect(world.remote.stored).toContainEqual(world.foreign);
}

function expectAgreement(world: World): void {
  for (const profile of world.profiles.values()) {
    const account = world.remote.stored.find(({ externalId }) => externalId === `acme/dev/${profile.userId}`);
    const link = world.linkOf(profile.userId);
    if (!profile.alive) {
      expect({ account, state: link?.state }).toEqual({ account: undefined, state: 'deprovisioned' });
    } else if (profile.blocked) {
      expect(account?.active ?? false).toBe(false);
      expect(['disabled', 'skipped']).toContain(link?.state);
    } else {
      expect({ state: link?.state, shown: account?.shown, active: account?.active }).toEqual({
        state: 'linked',
        shown: { email: profile.email },
        active: true,
      });
      expect(link?.accountId).toBe(account?.accountId);
    }
  }
}

/** As many as find a fault that takes a block, its end and one failed call in a row; `npm run soak` runs for longer. */
const RUNS = Number(process.env.SOAK_RUNS ?? 1500);
const STEPS = 60;

test('whatever happens in whatever order, nobody has two accounts, and in the end all agree', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: STEPS, size: 'max' }), async (steps) => {
      const world = new World();
      for (const { run } of steps) {
        await run(world);
        expectSafe(world);
      }
      await world.recover();
      expectSafe(world);
      expectAgreement(world);
    }),
    {
      numRuns: RUNS,
      ...(process.env.SEED === undefined ? {} : { seed: Number(process.env.SEED) }),
    },
  );
}, 600_000);
