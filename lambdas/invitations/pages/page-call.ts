import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { bodyOf, type HttpCall } from '../../status/api/http-request';

/** A call of the pages' API. */
export type PageCall = HttpCall & Pick<APIGatewayProxyEventV2, 'cookies' | 'requestContext'>;

export const cookiesOf = ({ cookies = [] }: Pick<PageCall, 'cookies'>): readonly string[] => cookies;

/** A parameter of the query; empty where there is none. */
export const inQuery = (call: Pick<PageCall, 'queryStringParameters'>, name: string): string =>
  call.queryStringParameters?.[name] ?? '';

/** What a form sent; of anything else, nothing. */
export const formOf = (call: Pick<PageCall, 'body' | 'isBase64Encoded'>): URLSearchParams =>
  new URLSearchParams(bodyOf(call) ?? '');
