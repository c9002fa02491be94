import type { IncomingMessage } from 'node:http';
import type { SocketContext } from './socket-context';

type Values = Record<string, string>;
type Lists = Record<string, string[]>;

/** What a function gets when somebody wants to connect. */
export function connectEvent(
  { rawHeaders, url = '/' }: IncomingMessage,
  context: SocketContext,
  variables: Readonly<Values>,
): object {
  const headers = listsOf(pairs(rawHeaders));
  const query = listsOf([...new URLSearchParams(url.split('?').slice(1).join('?'))]);
  return {
    ...{ headers: lastOf(headers), multiValueHeaders: headers },
    ...(Object.keys(query).length > 0 && {
      queryStringParameters: lastOf(query),
      multiValueQueryStringParameters: query,
    }),
    ...commonOf(context, variables),
  };
}

/** What a function gets of a message. */
export function messageEvent(body: string, context: SocketContext, variables: Readonly<Values>): object {
  return { ...commonOf(context, variables), body };
}

/** What a function gets when the connection is no more. */
export function disconnectEvent(context: SocketContext, variables: Readonly<Values>): object {
  return { headers: {}, multiValueHeaders: {}, ...commonOf(context, variables) };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html */
function commonOf(context: SocketContext, variables: Readonly<Values>): object {
  const { accountId: _, integration: _integration, error: _error, ...requestContext } = context;
  return {
    requestContext,
    ...(Object.keys(variables).length > 0 && { stageVariables: variables }),
    isBase64Encoded: false,
  };
}

function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index) =>
    index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as [string, string]] : [],
  );
}

function listsOf(values: readonly (readonly [string, string])[]): Lists {
  const lists: Lists = {};
  for (const [name, value] of values)
    lists[name] = [...(Object.hasOwn(lists, name) ? (lists[name] ?? []) : []), value];
  return lists;
}

function lastOf(lists: Lists): Values {
  return Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.at(-1) ?? '']));
}
