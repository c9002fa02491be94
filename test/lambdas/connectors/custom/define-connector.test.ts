import * as z from 'zod/mini';
import desk, { type TicketDeskSettings } from '../../../../examples/systems/ticket-desk';
import { defineConnector, type SettingsOf } from '../../../../lambdas/connectors/custom';
import { isConnector, settingsFor } from '../../../../lambdas/connectors/custom/define-connector';

const verbs = {
  find: async () => ({ accounts: [] }),
  read: async () => undefined,
  create: async () => ({ id: 'acc-1' }),
  update: async () => 'changed' as const,
};

// That each of these is an error is the compiler's word: `npm run check:types` fails where one is none.
describe('types', () => {
  test('fails to compile with settings that the connector does not take', () => {
    const settings = [
      { team: 'support' } satisfies TicketDeskSettings,
      // @ts-expect-error a number is no team
      { team: 7 } satisfies TicketDeskSettings,
      // @ts-expect-error misspelt
      { taem: 'support' } satisfies TicketDeskSettings,
      // @ts-expect-error nothing
      {} satisfies TicketDeskSettings,
    ];
    const taken = settings.filter((one) => {
      try {
        return settingsFor(desk, one);
      } catch {
        return false;
      }
    });
    expect(taken).toEqual([{ team: 'support' }]);
  });

  test('fails to compile without a verb, or with one that gives something else', () => {
    const { find: _find, ...others } = verbs;
    // @ts-expect-error nobody could be found
    expect(isConnector(defineConnector(others))).toBe(true);
    // @ts-expect-error no word of an update
    defineConnector({ ...verbs, update: async () => 'unchanged' });
    // @ts-expect-error an account needs an id
    defineConnector({ ...verbs, read: async () => ({ externalId: 'x', attributes: {} }) });
  });

  test('settings are of the type that the schema gives, or of one of your own', () => {
    const bySchema = defineConnector({
      ...verbs,
      settings: z.object({ team: z._default(z.string(), 'support') }),
      find: async ({ settings }) => ({ accounts: [], more: settings.team === '' }),
    });
    const team: SettingsOf<typeof bySchema>['team'] = 'support';
    expect(settingsFor(bySchema, {})).toEqual({ team });
    const byType = defineConnector<{ readonly seats: number }>({
      ...verbs,
      // @ts-expect-error a number
      find: async ({ settings }) => ({ accounts: [], more: settings.seats === '' }),
    });
    expect(settingsFor(byType, { seats: 7 })).toEqual({ seats: 7 });
  });
});

test('what was not defined as one is no connector', () => {
  expect([desk, verbs, undefined, null, () => undefined].map(isConnector)).toEqual([
    true,
    ...[false, false, false, false],
  ]);
});
