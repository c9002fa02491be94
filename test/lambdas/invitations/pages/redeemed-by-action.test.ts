import { HANDLE_SECONDS } from '../../../../events/invitations/handle';
import { newHandle } from '../../../../lambdas/invitations/token/handle';
import { claimed, closed } from '../../../../lambdas/user-links/transitions';
import type { UserLink } from '../../../../lambdas/user-links/user-link';
import { ID, NOW, RING } from '../helpers/invitations';
import { aGrant, thePages } from './helpers/a-visit';

const at = (ms: number) => new Date(ms).toISOString();

const THROTTLED = { state: 'pending', code: 'remote-throttled' } as const;

/** Of somebody who accepted one before: a worker has the link, and what it says is linked is that one. */
const aGrantAtWork = () => {
  const before = aGrant({ updatedAt: at(NOW - 86_400_000), revision: 2, attempts: 1 });
  const { userRef, system } = before;
  const event = { user_id: 'auth0|ada', eventId: 'invitation-2', requestId: 'request-1', acceptedAt: NOW };
  const lease = { token: 'worker', until: NOW + 90_000 };
  return claimed(before, { userRef, system, ...event, lease, now: NOW });
};

describe('what the Action redeems', () => {
  const user = {
    ...{ user_id: 'auth0|ada', email: 'ada@example.com', email_verified: true },
    created_at: '2026-01-01T00:00:00.000Z',
  };
  const connection = { name: 'Username-Password-Authentication', strategy: 'auth0' };
  const handleOf = (pages: ReturnType<typeof thePages>, as?: string) =>
    newHandle(pages.only(), RING, NOW, as);
  const outcomeOf = ({ body = '{}' }: { body?: string | undefined }) => JSON.parse(body) as unknown;

  test('is what its handle says, and again', async () => {
    const pages = thePages({ bind: 'verified-email' });
    const said = { handle: handleOf(pages), seenAt: NOW, user, connection };
    expect(outcomeOf(await pages.post(said))).toEqual({ outcome: 'redeemed' });
    expect(outcomeOf(await pages.post(said))).toEqual({ outcome: 'redeemed' });
    const eve = { ...said, user: { ...user, user_id: 'auth0|eve' } };
    expect(outcomeOf(await pages.post(eve))).toEqual({ outcome: 'invitation-used' });
  });

  test('is what its handle says also of somebody of whom much is known', async () => {
    const pages = thePages({ bind: 'verified-email' });
    const groups = Array.from({ length: 50 }, (_, at) => `${at}`.padEnd(1_024, ' of the Acme group'));
    const said = { handle: handleOf(pages), seenAt: NOW, user: { ...user, groups }, connection };
    expect(outcomeOf(await pages.post(said))).toEqual({ outcome: 'redeemed' });
  });

  describe('and what it grants', () => {
    const aPrecreated = (roles = ['editor']) =>
      thePages({ precreated: 'auth0|ada', mode: 'precreate', roles });
    const said = { invitation: ID, user };
    const waitUntil = NOW + 900;
    const grant = { roles: ['editor'], at: NOW };

    test('is waited for elsewhere by who does not say for how long', async () => {
      const pages = aPrecreated();
      expect(outcomeOf(await pages.post(said))).toEqual({ outcome: 'redeemed' });
      expect(pages.world.now).toBe(NOW);
    });

    test('is promised at once to who has no time', async () => {
      const pages = aPrecreated();
      const answer = outcomeOf(await pages.post({ ...said, waitUntil: NOW - 1 }));
      expect(answer).toMatchObject({ grant: { ...grant, isThere: false } });
      expect(pages.world.now).toBe(NOW);
    });

    test('is waited for by nobody where it is no role', async () => {
      const pages = aPrecreated([]);
      expect(outcomeOf(await pages.post({ ...said, waitUntil }))).toEqual({ outcome: 'redeemed' });
      expect(pages.world.now).toBe(NOW);
    });

    test('is told of as given when it comes in time', async () => {
      const pages = aPrecreated();
      pages.world.meanwhile = () => {
        if (pages.world.now >= NOW + 300) pages.world.links = [aGrant({ updatedAt: at(pages.world.now) })];
      };
      const answer = outcomeOf(await pages.post({ ...said, waitUntil }));
      expect(answer).toEqual({ outcome: 'redeemed', grant: { ...grant, isThere: true } });
      expect(pages.world.now).toBeLessThan(waitUntil);
    });

    test.each<[string, UserLink[]]>([
      ['nothing came of it', []],
      ['only an earlier one is known', [aGrant({ updatedAt: at(NOW - 1) })]],
      ['it is being worked on', [aGrant({ state: 'pending' })]],
      ['an account of an earlier one is being changed', [aGrantAtWork()]],
      ['the tenant did not take it yet', [closed(aGrantAtWork(), THROTTLED, NOW)]],
    ])('is promised at the end of the time where %s', async (_, links) => {
      const pages = aPrecreated();
      pages.world.links = links;
      const answer = outcomeOf(await pages.post({ ...said, waitUntil }));
      expect([answer, pages.world.now]).toEqual([
        { outcome: 'redeemed', grant: { ...grant, isThere: false } },
        waitUntil,
      ]);
    });

    test('is promised without more ado where it cannot be given', async () => {
      const pages = aPrecreated();
      pages.world.links = [aGrant({ state: 'rejected' })];
      expect(outcomeOf(await pages.post({ ...said, waitUntil }))).toMatchObject({
        grant: { isThere: false },
      });
      expect(pages.world.now).toBe(NOW);
    });

    test('is waited for no longer than a login can wait, however far its clock is ahead', async () => {
      const pages = aPrecreated();
      await pages.post({ ...said, waitUntil: NOW + 2 * 60_000 + 1_000 });
      expect(pages.world.now).toBe(NOW + 1_000);
    });

    test('is there at once for whoever redeems again', async () => {
      const pages = aPrecreated();
      await pages.post(said);
      pages.world.links = [aGrant({ updatedAt: at(NOW + 200) })];
      pages.world.now = NOW + 60_000;
      const answer = outcomeOf(await pages.post({ ...said, waitUntil }));
      expect(answer).toMatchObject({ grant: { ...grant, isThere: true } });
    });

    test('is no news after a while, as it may have been taken away since', async () => {
      const pages = aPrecreated();
      await pages.post(said);
      pages.world.links = [aGrant({ updatedAt: at(NOW + 200) })];
      pages.world.now = NOW + 5 * 60_000 + 1;
      expect(outcomeOf(await pages.post({ ...said, waitUntil: pages.world.now + 900 }))).toEqual({
        outcome: 'redeemed',
      });
    });

    test('is told to nobody who gets nothing', async () => {
      const pages = aPrecreated();
      const eve = { ...said, user: { ...user, user_id: 'auth0|eve' }, waitUntil };
      expect(outcomeOf(await pages.post(eve))).toEqual({ outcome: 'invitation-unknown' });
      expect(pages.world.now).toBe(NOW);
    });
  });

  test('is nothing when somebody else logs in than who said yes', async () => {
    const pages = thePages();
    const handle = handleOf(pages, 'ref-of-auth0|ada');
    const eve = { handle, user: { ...user, user_id: 'auth0|eve' } };
    expect(outcomeOf(await pages.post(eve))).toEqual({ outcome: 'invitation-unknown' });
    expect(pages.only().state).toBe('open');
    expect(outcomeOf(await pages.post({ handle, user }))).toEqual({ outcome: 'redeemed' });
  });

  test('is what a login brought in time, however late the Action says so', async () => {
    const pages = thePages();
    const handle = handleOf(pages);
    pages.world.now += (HANDLE_SECONDS + 60) * 1_000;
    expect(outcomeOf(await pages.post({ handle, user }))).toEqual({ outcome: 'invitation-unknown' });
    expect(outcomeOf(await pages.post({ handle, user, seenAt: NOW + 10_000 }))).toMatchObject({
      outcome: 'redeemed',
    });
  });

  test('is what a login brought whose clock is behind ours', async () => {
    const pages = thePages();
    const said = { handle: handleOf(pages), user, seenAt: NOW - 2 * 60_000 };
    expect(outcomeOf(await pages.post(said))).toEqual({ outcome: 'redeemed' });
  });

  test.each([
    ['changed', (handle: string) => handle.replace(/^./, (one) => (one === 'A' ? 'B' : 'A'))],
    ['made good for longer', (handle: string) => handle.replace(/\.(\d+)\./, `.${NOW / 1_000 + 600}.`)],
    ['of a token', (_: string, token: string) => token],
  ])('is nothing with a handle that is %s', async (_, change) => {
    const pages = thePages();
    const handle = change(handleOf(pages), pages.tokenOf());
    expect(outcomeOf(await pages.post({ handle, user }))).toEqual({ outcome: 'invitation-unknown' });
    expect(pages.only().state).toBe('open');
  });

  test('is the invitation that a user was made for, and no other one', async () => {
    const pages = thePages({ precreated: 'auth0|ada', mode: 'precreate' });
    const eve = { invitation: ID, user: { ...user, user_id: 'auth0|eve' } };
    expect(outcomeOf(await pages.post(eve))).toEqual({ outcome: 'invitation-unknown' });
    expect(outcomeOf(await pages.post({ invitation: ID, user }))).toEqual({ outcome: 'redeemed' });
    const other = thePages();
    expect(outcomeOf(await other.post({ invitation: ID, user }))).toEqual({ outcome: 'invitation-unknown' });
  });

  test('is nothing without the signature of the Action', async () => {
    const pages = thePages();
    const forged = `whsec_${Buffer.alloc(33, 9).toString('base64')}`;
    const { statusCode } = await pages.post({ handle: handleOf(pages), user }, forged);
    expect(statusCode).toBe(401);
    expect(pages.only().state).toBe('open');
  });

  test.each([
    ['nobody', {}],
    ['nobody of a life', { user: { user_id: 'auth0|ada' } }],
    ['somebody without an id', { user: { ...user, user_id: '' } }],
  ])('rejects a body that names %s', async (_, said) => {
    const pages = thePages();
    const { statusCode } = await pages.post({ handle: handleOf(pages), ...said });
    expect(statusCode).toBe(400);
  });

  test('fails as something that may be tried again while the table is down', async () => {
    const pages = thePages();
    const handle = handleOf(pages);
    pages.state.failing = true;
    const answer = await pages.post({ handle, user });
    expect([answer.statusCode, answer.body]).toEqual([503, '{"code":"unavailable"}']);
  });
});
