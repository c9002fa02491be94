import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

interface GatewayAnswer {
  readonly type: ResponseType;
  readonly status?: string;
  readonly code: string;
  /** Words for the caller, or API Gateway's own, which name a missing parameter and repeat no data. */
  readonly words: string | typeof OWN_WORDS;
  readonly retryAfterSeconds?: number;
}

const OWN_WORDS = Symbol('the words of API Gateway');

const ANSWERS: Readonly<Record<string, GatewayAnswer>> = {
  BadBody: {
    type: ResponseType.BAD_REQUEST_BODY,
    status: '400',
    code: 'invalid-body',
    words: 'The body is not an event as events/schema/event.schema.json describes it.',
  },
  BadParameters: {
    type: ResponseType.BAD_REQUEST_PARAMETERS,
    status: '400',
    code: 'missing-parameter',
    words: OWN_WORDS,
  },
  InvalidApiKey: {
    type: ResponseType.INVALID_API_KEY,
    status: '403',
    code: 'forbidden',
    words: 'The header x-api-key is missing or holds no key of this API.',
  },
  UnknownRoute: {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: '404',
    code: 'not-found',
    words: 'There is POST /events and GET /store.',
  },
  UnsupportedMediaType: {
    type: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    status: '415',
    code: 'unsupported-media-type',
    words: 'Send application/json or application/cloudevents+json.',
  },
  TooLarge: {
    type: ResponseType.REQUEST_TOO_LARGE,
    status: '413',
    code: 'too-large',
    words: 'The request is larger than API Gateway takes.',
  },
  Throttled: {
    type: ResponseType.THROTTLED,
    status: '429',
    code: 'throttled',
    words: 'Too many calls at this moment.',
    retryAfterSeconds: 1,
  },
  QuotaExceeded: {
    type: ResponseType.QUOTA_EXCEEDED,
    status: '429',
    code: 'throttled',
    words: 'The quota of this API key is used up.',
    retryAfterSeconds: 3_600,
  },
  Timeout: {
    type: ResponseType.INTEGRATION_TIMEOUT,
    status: '503',
    code: 'unavailable',
    words: 'The event could not be handed on in time. It may have been; sending it again is harmless.',
    retryAfterSeconds: 5,
  },
  OtherRefusal: { type: ResponseType.DEFAULT_4XX, code: 'forbidden', words: OWN_WORDS },
  OtherFailure: {
    type: ResponseType.DEFAULT_5XX,
    status: '502',
    code: 'upstream-failed',
    words: 'The event could not be handed on. Send it again.',
  },
};

/** What API Gateway answers by itself, in the same form as everything else. */
export function addGatewayResponses(api: RestApi): void {
  for (const [id, { type, status, code, words, retryAfterSeconds }] of Object.entries(ANSWERS)) {
    // API Gateway's own words come with their quotes.
    const message = words === OWN_WORDS ? '$context.error.messageString' : JSON.stringify(words);
    api.addGatewayResponse(id, {
      type,
      ...(status !== undefined && { statusCode: status }),
      ...(retryAfterSeconds !== undefined && {
        responseHeaders: { 'Retry-After': `'${retryAfterSeconds}'` },
      }),
      templates: {
        'application/json': `{"code":"${code}","message":${message},"requestId":"$context.extendedRequestId"}`,
      },
    });
  }
}
