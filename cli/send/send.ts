import { defineCommand } from '../command';
import { sendEvents } from './send-events';

export const send = defineCommand({
  usage: 'send [file]',
  summary: 'signs an event and gives it to the event API',
  details:
    'The event comes from the flags, from a file, or from stdin (-). The user, their connection and the attributes are what a worker makes an account of. Without --created-at an event revives nobody who was deleted.',
  options: {
    file: { type: 'string', description: 'an event as JSON; - is stdin' },
    type: {
      type: 'string',
      defaultDescription: 'user.registered',
      description: 'user.registered, user.logged-in or user.provision-requested',
    },
    'user-id': { type: 'string', description: "the user's id in Auth0, in 'quotes'" },
    email: { type: 'string', description: 'their e-mail address' },
    'email-verified': { type: 'boolean', description: 'the address is proven to be theirs' },
    username: { type: 'string', description: 'their user name' },
    'created-at': { type: 'string', description: 'when the user was created, ISO 8601' },
    'updated-at': { type: 'string', description: 'when the user was last changed' },
    attribute: {
      type: 'string',
      array: true,
      nargs: 1,
      description: 'one more field, as name=value; may be repeated',
    },
    connection: { type: 'string', description: 'name of the connection they came by' },
    strategy: { type: 'string', description: 'its strategy, such as auth0' },
    system: { type: 'string', description: 'for this system only' },
    country: { type: 'string', description: 'where the account is to be, of a system with instances' },
    id: { type: 'string', description: 'id of the event; made up otherwise' },
    plain: { type: 'boolean', default: false, description: 'uses the plain interface, GET /store' },
    count: { type: 'number', default: 1, description: 'so many events, each of another user' },
    rate: { type: 'number', default: 20, description: 'so many a second, at most' },
  },
  examples: [
    ["send --user-id 'auth0|1' --email ada@example.com --username ada", 'a registration'],
    [
      "send --type user.provision-requested --user-id 'auth0|1' --system crm --country de",
      'an account in one country',
    ],
    ['send event.json', 'the event in a file'],
    ["send --user-id 'load|1' --count 1000 --rate 50", 'load|1-1 to load|1-1000'],
  ],
  endsWithOne: 'it was stopped before everything was sent',
  run: sendEvents,
});
