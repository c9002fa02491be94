import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas, schemaText } from './json-schema';

for (const [name, schema] of Object.entries(jsonSchemas())) {
  writeFileSync(join(__dirname, name), schemaText(schema));
}
