import { attributeName } from '../../events/attribute-name';
import { LIMITS } from '../../events/event-limits';

const ALWAYS_SENT = [
  ...['user_id', 'created_at', 'updated_at', 'email', 'email_verified', 'username'],
  // By the event stream.
  ...['blocked', 'identities'],
];

/** What is wrong with the configured `emit.attributes`, in words; empty when nothing is. */
export function attributePathFaults(paths: readonly string[]): string[] {
  const names = paths.map(attributeName);
  const free = LIMITS.userProperties - ALWAYS_SENT.length;
  return [
    ...paths.filter((path) => !/^([a-z][a-z_]*|(user|app)_metadata(\.\w+)+)$/.test(path)).map(notAPath),
    ...names.filter((name) => name.length > 64).map((name) => `"${name}" is longer than 64 characters.`),
    ...names.filter((name, index) => names.indexOf(name) < index).map((name) => `"${name}" is listed twice.`),
    ...names.filter((name) => ALWAYS_SENT.includes(name)).map((name) => `"${name}" is always sent.`),
    ...(paths.length > free ? [`${paths.length} attributes are listed, ${free} fit into an event.`] : []),
  ];
}

function notAPath(path: string): string {
  return `"${path}" is neither a field of the user nor below user_metadata or app_metadata.`;
}
