import { buildEvent } from '../../../events/build-event';
import type { EventUser } from '../../../events/event-schema';
import { createMapping } from '../../../lambdas/connectors/intent/mapping';
import { anEvent, NOW } from '../../helpers/events';
import { aWorker, SECOND } from './helpers/a-worker';

const FUNNEL = 'app_metadata_invitation_funnelId';
const MAPPING = createMapping([
  { to: 'email', from: ['email'] },
  { to: 'funnel', from: [FUNNEL], whenCleared: 'leave' },
]);

const invited = () => aWorker({ mapping: MAPPING });

/** What we tell once somebody accepted, `after` milliseconds from their registration. */
function accepted({ run, clock }: ReturnType<typeof aWorker>, after = SECOND) {
  const { updated_at: _updatedAt, ...user } = anEvent({}).data.user;
  const told = buildEvent({
    ...{
      id: 'invitation-1',
      source: 'urn:punctual:invitations',
      type: 'invitation.accepted',
      at: NOW + after,
    },
    user: { ...user, [FUNNEL]: 'F-1' } as EventUser,
  });
  return run({ event: told, route: 'internal', acceptedAt: clock.now });
}

const shown = ({ remote }: ReturnType<typeof aWorker>) => remote.stored[0]?.shown;

describe('an invitation that was accepted', () => {
  test('makes the account where there is none, with what it brought', async () => {
    const worker = invited();
    expect(await accepted(worker)).toEqual({ kind: 'provisioned' });
    expect(shown(worker)).toEqual({ email: 'ada@example.com', funnel: 'F-1' });
  });

  test('brings its data to the account that is there, though the profile was not written since', async () => {
    const worker = invited();
    await worker.tell('user.logged-in');
    expect(await accepted(worker)).toEqual({ kind: 'provisioned' });
    expect(shown(worker)).toMatchObject({ funnel: 'F-1' });
    expect(await accepted(worker)).toEqual({ kind: 'skipped', code: 'unchanged' });
  });

  test('keeps its data there, whether the profile says nothing of it yet or none any more', async () => {
    const worker = invited();
    await accepted(worker);
    await worker.tell('user.logged-in', {}, 2 * SECOND);
    await worker.tell('user.updated', { [FUNNEL]: null }, 3 * SECOND);
    expect(shown(worker)).toMatchObject({ funnel: 'F-1' });
  });

  test('asks for an account where one is made with the first login, and not where it is made on request', async () => {
    expect(await accepted(aWorker({ provisionAt: 'login' }))).toEqual({ kind: 'provisioned' });
    expect(await accepted(aWorker({ provisionAt: 'use' }))).toMatchObject({ code: 'not-asked-yet' });
  });

  test('vouches for no address: it is known who accepted, and not whose word that is', async () => {
    const adoption = {
      ...{ correlate: [{ attribute: 'email', from: 'email' }], adopt: true },
      trustVerifiedEmailFrom: { strategies: ['auth0'], connections: [] },
    };
    const worker = aWorker({ mapping: MAPPING, adoption });
    worker.remote.stored.push({
      accountId: 'theirs',
      shown: { email: 'ada@example.com' },
      externalId: undefined,
    } as never);
    expect(await accepted(worker)).toMatchObject({ kind: 'skipped', code: 'conflict' });
  });
});
