import { formatRevisions, parseRevisions } from '../../../auth0-actions/revisions';
import { deployActions } from '../../../cli/actions/deploy';
import { diffActions } from '../../../cli/actions/diff';
import { ATenant, aBuiltAction } from './helpers/a-tenant';

let tenant: ATenant;

beforeEach(async () => {
  tenant = await new ATenant().start();
});
afterEach(() => tenant.close());

const DAY_MS = 24 * 3_600_000;
const SECOND = 'rev-of-two--';

/** An Action whose revisions count since it was built, which is now. */
const built = (...revs: string[]) =>
  aBuiltAction(`x("${formatRevisions(new Map(revs.map((rev) => [rev, tenant.now])))}");\n`);
const deploy = (...revs: string[]) =>
  deployActions({ dryRun: false, adopt: false }, tenant.deps, [built(...revs)]);
const live = () => parseRevisions(tenant.ours()?.versions.at(-1)?.code ?? '');

test('to deploy again on another day is nothing to do: the ramp goes on', async () => {
  await deploy('rev-of-one--');
  const since = live();
  tenant.now += DAY_MS;
  expect((await deploy('rev-of-one--')).json).toMatchObject({ changed: false });
  expect(live()).toEqual(since);
  expect((await diffActions(tenant.deps, [built('rev-of-one--')])).json).toMatchObject({ drift: false });
});

test('a new revision counts since its own deploy, and the others since theirs', async () => {
  await deploy('rev-of-one--');
  const [first] = live().values();
  tenant.now += DAY_MS;
  await deploy('rev-of-one--', SECOND);
  expect(live()).toEqual(
    new Map([
      ['rev-of-one--', first],
      [SECOND, expect.any(Number)],
    ]),
  );
  expect(live().get(SECOND)).toBeGreaterThanOrEqual((first ?? 0) + DAY_MS);
});

test('a deploy that was stopped half way goes on with the time of the first try', async () => {
  tenant.stop.abort();
  await expect(deploy('rev-of-one--')).rejects.toMatchObject({ code: 'stopped' });
  const since = parseRevisions(tenant.ours()?.draft.code ?? '');
  Object.assign(tenant, { stop: new AbortController() });
  tenant.now += DAY_MS;
  expect((await deploy('rev-of-one--')).json).toMatchObject({ actions: [{ step: 'deploy' }] });
  expect(live()).toEqual(since);
});

test('diff says which revision is new, and since when the others count', async () => {
  await deploy('rev-of-one--');
  const since = new Date([...live().values()][0] ?? 0).toISOString();
  tenant.now += DAY_MS;
  const { json } = await diffActions(tenant.deps, [built('rev-of-one--', SECOND)]);
  expect(tenant.printed).toEqual(
    expect.arrayContaining([
      `= revision rev-of-one-- since ${since}`,
      `~ revision ${SECOND} is new: those who come back are told of over login.rampHours`,
    ]),
  );
  expect(json).toMatchObject({
    actions: [
      {
        revisions: [
          { rev: 'rev-of-one--', since, isNew: false },
          { rev: SECOND, isNew: true },
        ],
      },
    ],
  });
});
