import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { ApiKeys } from '../../api-gateway/api-keys';
import type { ApiKeyDefinition } from '../../api-gateway/definitions';
import type { Clock } from '../../clock';
import { AwsError, unsupportedOperation } from '../aws-error';
import type { AwsService } from '../service';

type Input = Record<string, unknown>;

const FLAG = z.enum(['true', 'false']).transform((text) => text === 'true');
const PAGE = { limit: z.string().optional(), position: z.never().optional() };
const GET_KEY = z.strictObject({ apiKey: z.string(), includeValue: FLAG.default(false) });
const GET_KEYS = z.strictObject({ ...PAGE, includeValues: FLAG.default(false) });
const CREATE_KEY = z.strictObject({
  name: z.string().optional(),
  description: z.string().optional(),
  enabled: z.boolean().default(false),
  value: z.string().min(20).max(128).optional(),
});
const UPDATE_KEY = z.strictObject({
  apiKey: z.string(),
  patchOperations: z
    .array(z.strictObject({ op: z.literal('replace'), path: z.literal('/enabled'), value: FLAG }))
    .min(1),
});
const DELETE_KEY = z.strictObject({ apiKey: z.string() });
const PLAN = z.strictObject({ ...PAGE, usagePlanId: z.string() });
const PLAN_KEY = z.strictObject({
  usagePlanId: z.string(),
  keyId: z.string(),
  keyType: z.literal('API_KEY'),
});

/** API keys and their usage plans; nothing else of API Gateway can be changed in a run. */
export function createApigatewayService(keys: ApiKeys, clock: Clock): AwsService {
  const operations: Readonly<Record<string, (input: Input) => Input>> = {
    GetApiKey(input) {
      const { apiKey, includeValue } = read(GET_KEY, input);
      return describe(keyOf(keys, apiKey), includeValue);
    },
    GetApiKeys(input) {
      const { includeValues } = read(GET_KEYS, input);
      return { item: keys.all().map((key) => describe(key, includeValues)) };
    },
    CreateApiKey: (input) => describe(createKey(keys, clock, read(CREATE_KEY, input)), true),
    UpdateApiKey(input) {
      const { apiKey, patchOperations } = read(UPDATE_KEY, input);
      const enabled = patchOperations.at(-1)?.value ?? false;
      keys.addKey({ ...keyOf(keys, apiKey), enabled });
      return describe(keyOf(keys, apiKey), false);
    },
    DeleteApiKey(input) {
      keys.removeKey(keyOf(keys, read(DELETE_KEY, input).apiKey).id);
      return {};
    },
    GetUsagePlanKeys(input) {
      const { usagePlanId } = read(PLAN, input);
      return { item: keys.membersOf(requirePlan(keys, usagePlanId)).map((id) => ({ id, type: 'API_KEY' })) };
    },
    CreateUsagePlanKey(input) {
      const { usagePlanId, keyId } = read(PLAN_KEY, input);
      const { id } = keyOf(keys, keyId);
      if (keys.membersOf(requirePlan(keys, usagePlanId)).includes(id)) throw conflict(id);
      keys.addMember(usagePlanId, id);
      return { id, type: 'API_KEY' };
    },
  };
  return {
    name: 'apigateway',
    resourceOf: (_, { apiKey, keyId, usagePlanId }) => [apiKey, keyId, usagePlanId].map(textOf).find(Boolean),
    async handle(operation, input) {
      const known = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!known) throw unsupportedOperation('apigateway', operation);
      return { json: known(input) };
    },
    close: async () => undefined,
  };
}

function createKey(keys: ApiKeys, clock: Clock, given: z.output<typeof CREATE_KEY>): ApiKeyDefinition {
  const { name, enabled, value = randomBytes(20).toString('hex') } = given;
  const id = BigInt(`0x${randomBytes(8).toString('hex')}`)
    .toString(36)
    .slice(0, 10);
  const key = { id, enabled, value, createdAt: clock.now(), ...(name === undefined ? {} : { name }) };
  keys.addKey(key);
  return key;
}

/** Times are seconds, as everywhere in REST interfaces of AWS. */
function describe({ id, enabled, value, name, createdAt }: ApiKeyDefinition, withValue: boolean): Input {
  const createdDate = Math.floor(createdAt / 1000);
  return { id, enabled, createdDate, ...(name && { name }), ...(withValue && { value }) };
}

function keyOf(keys: ApiKeys, id: string): ApiKeyDefinition {
  const key = keys.all().find((known) => known.id === id);
  if (key) return key;
  throw new AwsError('NotFoundException', 'Invalid API Key identifier specified', 404);
}

function requirePlan(keys: ApiKeys, id: string): string {
  if (keys.hasPlan(id)) return id;
  throw new AwsError('NotFoundException', 'Invalid Usage Plan ID specified', 404);
}

function conflict(id: string): AwsError {
  return new AwsError('ConflictException', `API Key ${id} is already in the usage plan`, 409);
}

function read<Schema extends z.ZodType>(schema: Schema, input: Input): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new AwsError('BadRequestException', z.prettifyError(result.error).replaceAll('\n', ' '));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
