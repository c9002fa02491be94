import { compactSettings, expandSettings } from '../../auth0-actions/compact-settings';
import { SOME_MFA, someSettings } from './helpers/some-settings';

test('settings are the same once they are read again', () => {
  const rules = {
    github: { rev: 'rev-of-pass-', jit: false },
    employees: { rev: 'rev-of-crm--', jit: ['profile', 'crm'] },
    everybody: { rev: 'rev-of-all--', jit: true },
    nobody: { rev: 'rev-of-none-', jit: [] },
  };
  for (const settings of [someSettings(), someSettings({ rules, mfa: SOME_MFA, systems: [] })]) {
    const expanded = expandSettings(JSON.parse(JSON.stringify(compactSettings(settings))));
    const known = settings.systems.map(({ name }) => name);
    const rulesOf = Object.entries(settings.rules).map(([name, { rev, jit }]) => [
      name,
      { rev, jit: typeof jit === 'boolean' ? jit : jit.filter((one) => known.includes(one)) },
    ]);
    expect(expanded).toEqual({ ...settings, rules: Object.fromEntries(rulesOf) });
  }
});

test('each name of a system is written once', () => {
  const rules = { employees: { rev: 'rev-of-crm--', jit: ['crm', 'tickets'] } };
  const text = JSON.stringify(compactSettings(someSettings({ rules })));
  expect(text.match(/crm"|crm /g)).toHaveLength(1);
});
