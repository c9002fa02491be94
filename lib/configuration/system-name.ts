import { textLike } from './section';

/** Words that commands, queues and journals use for something else, and one that every object has. */
const RESERVED_SYSTEM_NAMES = [
  ...['all', 'api', 'constructor', 'event-topic', 'invitation-mail', 'local', 'quarantine', 'status'],
  ...['status-projection', 'topic'],
];

/** How a system is called. */
export const systemName = textLike(
  /^[a-z][a-z0-9-]{0,30}$/,
  'a name of lower-case letters, digits and dashes that begins with a letter, at most 31 characters',
).refine((name) => !RESERVED_SYSTEM_NAMES.includes(name), {
  error: `a name other than ${RESERVED_SYSTEM_NAMES.join(', ')}`,
});
