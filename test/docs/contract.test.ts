import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EMIT_CODES } from '../../auth0-actions/emit/emit-codes';
import { SECRET_NAMES } from '../../auth0-actions/secret-names';
import {
  API_CODES,
  AUTHENTICITY_CODES,
  EVENT_CODES,
  INVITATION_CODES,
  MAIL_CODES,
  REJECT_CODES,
  RETRY_CODES,
  SKIP_CODES,
} from '../../events/codes';
import { EVENT_TYPES } from '../../events/event-types';
import { ISSUER_TYPES, type IssuerName } from '../../events/issuers';
import { LINK_STATES } from '../../events/link-state';
import { MESSAGE_ATTRIBUTES } from '../../events/message-attributes';
import { parseEvent } from '../../events/parse-event';
import { sign, verifySignature } from '../../events/signature';
import { pascalCase } from '../../lib/pascal-case';
import { startLoopbackApi } from '../auth0-actions/helpers/loopback-api';
import { EVERY_KIND, synthesize } from '../lib/helpers/synthesize';
import { codeOf, ROOT, readPage, rowsOf, sectionOf, tableOf } from './helpers/markdown';

const page = readPage('docs/contract.md');

test.each([
  ['Of an outcome `skipped`, and of a link that is `held`', SKIP_CODES],
  ['Of an outcome `retry`', RETRY_CODES],
  ['Of an outcome `rejected`: the sender cannot be believed', AUTHENTICITY_CODES],
  ['Of an outcome `rejected`: the event cannot be processed', EVENT_CODES],
  ['Of an outcome `rejected`: the event was fine and there is no account', REJECT_CODES],
  ['What the provisioning API says', API_CODES],
  ['What is said of invitations', INVITATION_CODES],
  ['What is said of a mail', MAIL_CODES],
  ['What an Action prints', EMIT_CODES],
])('every code is listed with its words: %s', (heading, codes) => {
  expect(tableOf(sectionOf(page, heading))).toEqual(codes);
});

test('every answer of the API is listed with its code', () => {
  const listed = rowsOf(sectionOf(page, 'Answers')).map(([, code = '']) => code.replaceAll('`', ''));
  expect(new Set(listed)).toEqual(codesOfTheApi());
});

function codesOfTheApi(): Set<string> {
  const files = readdirSync(join(ROOT, 'lib/event-api')).map((file) => readPage(`lib/event-api/${file}`));
  const codes = files.flatMap((text) => [...text.matchAll(/"code":"([a-z-]+)"|\bcode: '([a-z-]+)'/g)]);
  return new Set(codes.map(([, inTemplate, inSource]) => inTemplate ?? inSource ?? ''));
}

test('every type is listed with the issuer that may sign it', () => {
  const rows = rowsOf(sectionOf(page, 'The event')).filter(
    ([, issuer = '']) => issuer.slice(1, -1) in ISSUER_TYPES,
  );
  const listed = rows.flatMap(([types = '', issuer = '']) =>
    types.split(', ').map((type) => [type.slice(1, -1), issuer.slice(1, -1)] as const),
  );
  expect(listed.map(([type]) => type).toSorted()).toEqual([...EVENT_TYPES].toSorted());
  for (const [type, issuer] of listed) expect(ISSUER_TYPES[issuer as IssuerName]).toContain(type);
});

test('every message attribute is listed', () => {
  const listed = Object.keys(tableOf(sectionOf(page, 'Message attributes'))).flatMap((cell) =>
    cell.split(', '),
  );
  expect(listed.toSorted()).toEqual(Object.values(MESSAGE_ATTRIBUTES).toSorted());
});

test('every outcome and every link state is listed', () => {
  const outcomes = ['provisioned', 'skipped', 'retry', 'rejected'];
  const listed = rowsOf(sectionOf(page, 'Outcomes and link states')).map(([name = '']) => name.slice(1, -1));
  expect(listed).toEqual([...outcomes, ...LINK_STATES]);
});

const INVITATIONS = {
  ...{ from: 'Acme <hello@acme.com>', client: 'punctual-invitations' },
  applications: { shop: { clientId: 'shop', loginUri: 'https://shop.acme.com/login' } },
};
const ABROAD = { kind: 'scim' as const, instances: { de: { baseUrl: 'https://de.example.com/scim/v2' } } };

test('every output of the stack is listed', () => {
  const systems = { ...EVERY_KIND, abroad: ABROAD };
  const outputs = Object.keys(
    synthesize({ provisioningApi: { management: true }, invitations: INVITATIONS }, systems).root.findOutputs(
      '*',
    ),
  );
  const suffix = new RegExp(`(?:${Object.keys(systems).map(pascalCase).join('|')})$`);
  const names = outputs.map((name) =>
    name.replace(suffix, '<System>').replace(/^De(?=SecretArn)/, '<Instance>'),
  );
  const listed = Object.keys(tableOf(sectionOf(page, 'Outputs of the stack')));
  expect(listed.toSorted()).toEqual([...new Set(names)].toSorted());
});

test('every secret of the Action is named', () => {
  for (const name of Object.values(SECRET_NAMES)) expect(page).toContain(`\`${name}\``);
});

test('the signature of the worked example is right', async () => {
  const example = tableOf(sectionOf(page, 'Signing'));
  const value = (name: string) => (example[name] ?? '').replaceAll('`', '');
  const content = { id: 'msg_1', timestampSeconds: Number(value('webhook-timestamp')), body: value('body') };
  const headers = await sign(value('secret'), content);
  expect(headers['webhook-signature']).toBe(value('webhook-signature'));
  expect(parseEvent(content.body)).toMatchObject({ ok: true });
});

test('the example for Node.js sends an event that is believed', async () => {
  const secret = 'whsec_cHVuY3R1YWwtZXhhbXBsZS1zZWNyZXQtMDEyMzQ1Njc4';
  const api = await startLoopbackApi(202);
  const env = { EVENT_API_URL: api.url, EVENT_API_KEY: 'key-1', EVENT_SIGNING_SECRET: secret };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', codeOf(page, 'js')], { env });
  await api.close();
  const { headers, body = '', path } = api.calls[0] ?? {};
  const header = (name: string) => String(headers?.[name]);
  const content = { id: header('webhook-id'), timestampSeconds: Number(header('webhook-timestamp')), body };
  expect(await verifySignature(secret, content, header('webhook-signature'))).toBe(true);
  expect(parseEvent(body)).toMatchObject({ ok: true });
  expect([path, header('x-api-key'), stdout.startsWith('202 ')]).toEqual(['/v1/events', 'key-1', true]);
});
