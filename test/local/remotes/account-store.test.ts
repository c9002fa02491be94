import { AccountStore } from '../../../local/remotes/account-store';

test('replacing an account moves its names', () => {
  const store = new AccountStore();
  const { id } = store.put({ userName: 'ada', externalId: '1' });
  store.put({ userName: 'ada.l', externalId: '2' }, id);
  expect(store.withUserName('ada')).toEqual([]);
  expect(store.withExternalId('1')).toEqual([]);
  expect(store.withUserName('ADA.L')).toEqual([expect.objectContaining({ id, externalId: '2' })]);
  expect(store.count()).toEqual({ accounts: 1, duplicates: 0 });
});

test('a removed account frees its user name', () => {
  const store = new AccountStore();
  const { id } = store.put({ userName: 'ada' });
  expect(store.remove(id)).toBe(true);
  expect(store.remove(id)).toBe(false);
  expect(store.put({ userName: 'ada' }).id).not.toBe(id);
});

test('rejects the user name of another account', () => {
  const store = new AccountStore();
  store.put({ userName: 'ada' });
  expect(() => store.put({ userName: 'ADA' })).toThrow('userName is taken');
});
