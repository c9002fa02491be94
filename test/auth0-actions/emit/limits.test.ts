import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS } from '../../../events/event-limits';

interface Schema {
  maxLength?: number;
  maxItems?: number;
  maxProperties?: number;
  properties: Record<string, Schema>;
  additionalProperties: { anyOf: Schema[] };
  items: Schema;
}

const file = join(__dirname, '../../../events/schema/event.schema.json');
const schema = JSON.parse(readFileSync(file, 'utf8')) as Schema;

function at(...path: string[]): Schema {
  return path.reduce((node, name) => node.properties[name] as Schema, schema);
}

test('the bounds of the Action are those of the published schema', () => {
  const values = at('data', 'user').additionalProperties.anyOf;
  const list = values.find((value) => value.items !== undefined);
  expect(LIMITS).toEqual({
    userId: at('data', 'user', 'user_id').maxLength,
    email: at('data', 'user', 'email').maxLength,
    username: at('data', 'user', 'username').maxLength,
    connectionName: at('data', 'connection', 'name').maxLength,
    connectionStrategy: at('data', 'connection', 'strategy').maxLength,
    attributeText: values.find((value) => value.maxLength !== undefined)?.maxLength,
    listItems: list?.maxItems,
    listItemText: list?.items.maxLength,
    userProperties: at('data', 'user').maxProperties,
    eventId: at('id').maxLength,
    eventType: 128,
    tenant: (at('source').maxLength ?? 0) - 'urn:auth0:'.length,
  });
});
