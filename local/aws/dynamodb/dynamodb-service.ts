import { isObject } from '../../template/template';
import { AwsError, unsupportedOperation } from '../aws-error';
import type { AwsService } from '../service';
import { FAILURE_OPTION, keepFailureOption, returnRowsOnFailedConditions } from './condition-failure';
import {
  type DynaliteError,
  dynaliteDb,
  dynaliteOperation,
  dynaliteValidations,
  type Store,
} from './dynalite';
import { type CommitListener, watchRows } from './watch-rows';

/** Without the ones that dynalite only pretends to have. Transactions, PartiQL, TTL and the streams API are missing. */
const OPERATIONS = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'GetItem',
  'ListTables',
  'ListTagsOfResource',
  'PutItem',
  'Query',
  'Scan',
  'TagResource',
  'UntagResource',
  'UpdateItem',
];

type Input = Record<string, unknown>;

/** Dynalite in process: its actions on a store in memory, without its HTTP server. */
export function createDynamodbService(committed: CommitListener): AwsService {
  returnRowsOnFailedConditions();
  const store = dynaliteDb.create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  watchRows(store, committed);
  return {
    name: 'dynamodb',
    resourceOf: (_, { TableName, RequestItems }) => {
      if (typeof TableName === 'string') return tableOf(TableName);
      return isObject(RequestItems) ? Object.keys(RequestItems).map(tableOf).join(',') : undefined;
    },
    async handle(operation, input) {
      if (!OPERATIONS.includes(operation)) throw unsupportedOperation('dynamodb', operation);
      return { json: await run(store, operation, withTableNames(input)) };
    },
    close: () => new Promise((resolve) => store.db.close(() => resolve())),
  };
}

function run(store: Store, operation: string, input: Input): Promise<Input> {
  const { action, validation } = dynaliteOperation(operation);
  return new Promise((resolve, reject) => {
    try {
      refuseUnknown(operation, input, validation.types);
      const checked = dynaliteValidations.checkTypes({ ...input }, validation.types);
      dynaliteValidations.checkValidations(checked, validation.types, validation.custom, store);
      keepFailureOption(input, checked);
      action(store, checked, (error, output) => (error ? reject(asAwsError(error)) : resolve(output ?? {})));
    } catch (error) {
      reject(asAwsError(error as DynaliteError));
    }
  });
}

/** Dynalite drops what it does not know, and a write would mean something else. */
function refuseUnknown(operation: string, input: Input, types: Record<string, unknown>): void {
  const known = [...Object.keys(types), FAILURE_OPTION];
  const unknown = Object.keys(input).filter((name) => input[name] !== undefined && !known.includes(name));
  if (unknown.length === 0) return;
  throw new AwsError(
    'UnsupportedParameter',
    `The local run does not know ${unknown.join(', ')} of ${operation}.`,
  );
}

function asAwsError(error: DynaliteError): Error {
  if (error instanceof AwsError || error.statusCode === undefined || !error.body) return error;
  const { __type = 'InternalServerError', message, Message, ...body } = error.body;
  return new AwsError(__type, message ?? Message ?? '', error.statusCode, { body });
}

/** DynamoDB takes a table's ARN wherever it takes its name; dynalite does not. */
function withTableNames(input: Input): Input {
  return typeof input.TableName === 'string' ? { ...input, TableName: tableOf(input.TableName) } : input;
}

function tableOf(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? (nameOrArn.split('/')[1] ?? nameOrArn) : nameOrArn;
}
