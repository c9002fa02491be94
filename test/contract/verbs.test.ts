import type { Account, AccountRequest } from '../../lambdas/connectors/connector';
import { anAccountRequest } from '../helpers/account-request';
import { KINDS } from './helpers/kinds';
import type { Fault, Promises, Subject, Verb, Worth } from './helpers/subject';

/** What a fault needs to hurt: longer than the connector waits, older than any account, an empty page. */
const DETAILS: Readonly<Record<string, Partial<Fault>>> = {
  'slow-body': { delayMs: 400 },
  'late-search': { lagSeconds: 3_600 },
  paging: { size: 0 },
};

describe.each(Object.entries(KINDS))('a system of kind %s', (_, { start, contract }) => {
  let subject: Subject;
  let users = 0;
  beforeAll(async () => {
    subject = await start();
    // Somebody else, whom nothing here is about.
    await subject.connector.create(aRequest());
  }, 30_000);
  afterAll(() => subject?.stop());
  afterEach(() => subject.heal());

  const aRequest = (): AccountRequest => {
    const name = `user-${++users}`;
    const fields = { user_id: `auth0|${name}`, username: `auth0|${name}`, email: `${name}@example.com` };
    return anAccountRequest(fields, { rules: subject.rules });
  };
  const changed = (request: AccountRequest): AccountRequest => {
    const fields = { username: request.userId, email: `moved-${users}@example.com` };
    return { ...request, attributes: anAccountRequest(fields, { rules: subject.rules }).attributes };
  };
  const locate = async (request: AccountRequest): Promise<Account> => {
    const found = await subject.connector.find(request);
    if (found.kind !== 'one') throw new Error(`found ${found.kind}`);
    return found.account;
  };

  /** Makes the call ready before anything is wrong. */
  async function ready(verb: Verb, request: AccountRequest): Promise<() => Promise<unknown>> {
    const { connector } = subject;
    if (verb === 'create') return () => connector.create(request);
    await connector.create(request);
    const account = await locate(request);
    const trait = { attribute: 'userName', value: request.userId };
    const calls = {
      find: () => connector.find(request),
      read: () => connector.read(account.accountId, request),
      match: () => (connector.match ?? connector.find)(...([trait, request] as never as [never, never])),
      change: () => connector.change(account, changed(request)),
      setActive: () => connector.setActive(account, false),
      remove: () => connector.remove(account),
    };
    return calls[verb];
  }

  async function expectWorth(call: () => Promise<unknown>, worth: Worth): Promise<void> {
    if ('fails' in worth) {
      const error = {
        code: worth.fails,
        ...('retryAfterMs' in worth ? { retryAfterMs: worth.retryAfterMs } : {}),
      };
      return expect(call()).rejects.toMatchObject(error);
    }
    const given = await call();
    if (typeof worth.gives === 'string') expect(given).toBe(worth.gives);
    else expect(given).toMatchObject(worth.gives as object);
  }

  const cases = Object.entries(contract).flatMap(([fault, promises]) =>
    Object.entries((promises ?? {}) as Promises).map(
      ([verb, worth]) => [fault, verb as Verb, worth] as const,
    ),
  );

  test.each(cases)('that has %s keeps the promise of %s', async (fault, verb, worth) => {
    const request = aRequest();
    const call = await ready(verb, request);
    await subject.fail({ ...DETAILS[fault], fault: fault as Fault['fault'] });
    await expectWorth(call, worth);
    await subject.heal();
    expect((await subject.accounts(request.externalId)).length).toBeLessThanOrEqual(1);
  });

  test.each(['find', 'read', 'create', 'change', 'setActive', 'remove'] as const)(
    'that refuses a token is asked again by %s once there is another',
    async (verb) => {
      if (subject.rotate === undefined) return;
      const request = aRequest();
      const call = await ready(verb, request);
      await subject.fail({ fault: 'token-expired' });
      await subject.rotate();
      await expect(call()).resolves.toBeDefined();
      expect(await subject.accounts(request.externalId)).toHaveLength(verb === 'remove' ? 0 : 1);
    },
  );
});
