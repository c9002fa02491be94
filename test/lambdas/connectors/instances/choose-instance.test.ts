import type { UserEvent } from '../../../../events/event-schema';
import { chooseInstance } from '../../../../lambdas/connectors/instances/choose-instance';
import type { CountryRule } from '../../../../lambdas/connectors/instances/country-rule';
import { anEvent } from '../../../helpers/events';
import { aLink } from '../../../helpers/links';

const RULE: CountryRule = { countries: { eu: ['de', 'fr'], us: ['us'] }, from: 'user_metadata_country' };
const WITH_DEFAULT = { ...RULE, default: 'us' };

const saying = (request: string | undefined, attribute?: unknown): UserEvent =>
  anEvent({
    ...(request === undefined ? {} : { country: request }),
    ...(attribute === undefined ? {} : { user: { user_metadata_country: attribute as string } }),
  });
const choose = (rule: CountryRule | undefined, event: UserEvent, link = aLink()) =>
  chooseInstance(rule, { link, event, work: 'present' });
const one = (instance: string, why: unknown) => ({ is: 'one', instance, why });
const unknown = (detail: string) => ({ is: 'none', code: 'country-unknown', detail });

const BY_REQUEST = { by: 'data.country' };
const BY_ATTRIBUTE = { by: 'data.user.user_metadata_country' };

describe('the instance of a link without an account', () => {
  test.each([
    ['that of the request', RULE, saying('de'), one('eu', BY_REQUEST)],
    ['that of the request, whatever the attribute says', RULE, saying('us', 'de'), one('us', BY_REQUEST)],
    ['that of the attribute without a request', RULE, saying(undefined, 'fr'), one('eu', BY_ATTRIBUTE)],
    ['that of the attribute where the request is blank', RULE, saying('  ', 'fr'), one('eu', BY_ATTRIBUTE)],
    ['that of a code in capitals and blanks', RULE, saying(' DE '), one('eu', BY_REQUEST)],
    ['that of the default where nobody says one', WITH_DEFAULT, saying(undefined), one('us', 'default')],
    ['that of the default where it is empty', WITH_DEFAULT, saying('', ''), one('us', 'default')],
  ])('is %s', (_, rule, event, chosen) => {
    expect(choose(rule, event)).toEqual(chosen);
  });

  test.each([
    [
      'nobody says one and there is no default',
      RULE,
      saying(undefined),
      { is: 'none', code: 'country-missing' },
    ],
    ['no instance is for it', WITH_DEFAULT, saying('jp'), unknown('data.country')],
    [
      'the request is unknown, though the attribute is known',
      RULE,
      saying('jp', 'de'),
      unknown('data.country'),
    ],
    ['the attribute is unknown', WITH_DEFAULT, saying(undefined, 'jp'), unknown(BY_ATTRIBUTE.by)],
    ['it is a number', WITH_DEFAULT, saying(undefined, 49), unknown(BY_ATTRIBUTE.by)],
    ['it is a list', WITH_DEFAULT, saying(undefined, ['de']), unknown(BY_ATTRIBUTE.by)],
    ['it is the name of an instance that has other countries', RULE, saying('eu'), unknown('data.country')],
    ['it has a control character', RULE, saying('d\u0000e'), unknown('data.country')],
    ['it is long', RULE, saying('d'.repeat(64)), unknown('data.country')],
    [
      'it only looks like one in lower case',
      { countries: { kr: ['kr'] } },
      saying('\u212Ar'),
      unknown('data.country'),
    ],
    ['it is what every object has', RULE, saying('constructor'), unknown('data.country')],
  ])('is none when %s', (_, rule, event, chosen) => {
    expect(choose(rule, event)).toEqual(chosen);
  });

  test('is the one that was asked for before, when this event says none', () => {
    expect(choose(WITH_DEFAULT, saying(undefined), aLink({ instance: 'eu' }))).toEqual(one('eu', 'earlier'));
    expect(choose(WITH_DEFAULT, saying('us'), aLink({ instance: 'eu' }))).toEqual(one('us', BY_REQUEST));
    expect(choose(WITH_DEFAULT, saying(undefined), aLink({ instance: 'gone' }))).toEqual(
      one('us', 'default'),
    );
  });
});

describe('the instance of a link that may have an account', () => {
  test.each([
    ['has one', { accountId: 'acc-1' }],
    ['may have made one', { creation: 'unknown' }],
    ['has a worker', { lease: { token: 't', until: 1 } }],
    ['was chosen one by an operator', { chosen: { accountId: 'acc-1', ownership: 'adopted' } }],
    ['waits for an operator', { state: 'held', code: 'ambiguous' }],
    ['was released by one, and something was found', { bound: true }],
  ] as const)('stays, whatever an event says, when it %s', (_, fields) => {
    expect(choose(RULE, saying('us'), aLink({ instance: 'eu', ...fields }))).toEqual(one('eu', 'bound'));
    expect(choose(RULE, saying('jp'), aLink({ instance: 'eu', ...fields }))).toEqual(one('eu', 'bound'));
  });

  test('is none when the configuration does not have it any more', () => {
    const removed = { is: 'none', code: 'instance-removed' };
    const bound = { accountId: 'acc-1' };
    expect(choose(RULE, saying('de'), aLink({ ...bound, instance: 'asia' }))).toEqual(removed);
    expect(choose(undefined, saying('de'), aLink({ ...bound, instance: 'eu' }))).toEqual(removed);
    // Nobody says where it was made before there were instances.
    expect(choose(RULE, saying('de'), aLink(bound))).toEqual(removed);
  });

  test('is the one that the configuration names for accounts from before there were any', () => {
    const rule = { ...RULE, existing: 'us' };
    expect(choose(rule, saying('de'), aLink({ accountId: 'acc-1' }))).toEqual(one('us', 'bound'));
    expect(choose(rule, saying('de'), aLink())).toEqual(one('eu', BY_REQUEST));
  });
});

describe('an erasure', () => {
  const erasing = (link: ReturnType<typeof aLink> | undefined, rule: CountryRule | undefined = RULE) =>
    chooseInstance(rule, { link, work: 'erased' });

  test('looks into every instance, whatever is known of one', () => {
    const all = { is: 'all', instance: undefined };
    expect(erasing(undefined)).toEqual(all);
    expect(erasing(aLink({ instance: 'eu' }))).toEqual(all);
    const bound = { is: 'all', instance: 'eu' };
    expect(erasing(aLink({ instance: 'eu', accountId: 'acc-1' }))).toEqual(bound);
    expect(erasing(aLink({ accountId: 'acc-1' }), { ...RULE, existing: 'eu' })).toEqual(bound);
    expect(erasing(aLink({ instance: 'eu', state: 'held', code: 'ambiguous' }))).toEqual(bound);
    expect(erasing(aLink({ instance: 'eu', bound: true }))).toEqual(bound);
  });

  test('is refused where the instance of the account is not there any more', () => {
    const removed = { is: 'none', code: 'instance-removed' };
    const erasure = { askedAt: 0, accounts: [], everywhere: true } as const;
    expect(erasing(aLink({ instance: 'asia', accountId: 'acc-1' }))).toEqual(removed);
    expect(erasing(aLink({ instance: 'asia', accountId: 'acc-1', erasure }))).toEqual(removed);
    expect(
      chooseInstance(undefined, { link: aLink({ instance: 'eu', accountId: 'acc-1' }), work: 'erased' }),
    ).toEqual(removed);
    expect(erasing(aLink({ accountId: 'acc-1' }))).toEqual(removed);
  });

  test('goes on looking everywhere after its worker died, though the row may have an account', () => {
    const erasure = { askedAt: 0, accounts: [], everywhere: true } as const;
    const lease = { token: 't', until: 1 };
    expect(erasing(aLink({ lease, erasure }))).toEqual({ is: 'all', instance: undefined });
    expect(erasing(aLink({ creation: 'unknown', erasure }))).toEqual({ is: 'all', instance: undefined });
  });

  test('goes to the only one of a system without instances', () => {
    const only = { is: 'one', instance: undefined, why: 'only' };
    expect(chooseInstance(undefined, { link: undefined, work: 'erased' })).toEqual(only);
  });
});
