import { CliError } from '../cli-error';
import { NO_ANSWER } from './answering-fetch';

interface Circumstances {
  readonly domain: string;
  /** What was asked, such as `create an Action`. */
  readonly what: string;
  /** Texts that must not be repeated. */
  readonly hide: readonly string[];
}

/** What errors of the SDK have in common, of the token's request too. */
interface SdkError extends Error {
  readonly statusCode?: number;
  readonly body?: unknown;
}

interface Refusal {
  readonly status: number;
  /** `errorCode` of the Management API, `error` of the token's request. */
  readonly code: string;
  readonly message: string;
}

/** How the SDK begins what it says of the request for a token, which the first call brings about. */
const TOKEN_REQUEST = /^ManagementClient: token request/;

const GRANT =
  'In Auth0, Applications > APIs > Auth0 Management API > Machine to Machine applications, authorize it';

/** What a refusal of Auth0 means for the person, without anything secret that it may quote. */
export function explainTenantError(error: unknown, circumstances: Circumstances): CliError {
  if (error instanceof CliError) return error;
  const { statusCode, body, message } = error as SdkError;
  if (statusCode === undefined) return explainSilence(message, circumstances.domain);
  const refusal = { status: statusCode, ...readBody(body) };
  if (refusal.code === NO_ANSWER) return explainSilence(refusal.message, circumstances.domain);
  const isToken = TOKEN_REQUEST.test(message);
  return (isToken ? explainToken(refusal, circumstances) : undefined) ?? explainCall(refusal, circumstances);
}

function readBody(body: unknown): Omit<Refusal, 'status'> {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const [code, message] = [
    fields.errorCode ?? fields.error ?? '',
    fields.message ?? fields.error_description ?? (typeof body === 'string' ? body : ''),
  ];
  return { code: String(code), message: String(message) };
}

function explainSilence(reason: string, domain: string): CliError {
  if (/ENOTFOUND/.test(reason)) return notFound(domain);
  return new CliError('unreachable', `No answer from ${domain}`, 'Look at the network and its proxy');
}

function notFound(domain: string): CliError {
  return new CliError(
    'tenant-not-found',
    `There is no tenant ${domain}`,
    "AUTH0_DOMAIN is the tenant's own domain, such as name.eu.auth0.com, and not a custom domain",
  );
}

/** Refusals of the request for a token, which speaks OAuth. */
function explainToken({ status, code, message }: Refusal, { domain }: Circumstances): CliError | undefined {
  if (status === 404) return notFound(domain);
  if (status === 401 && code === 'access_denied') {
    const hint = 'Look at AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, and at the tenant that they belong to';
    return new CliError(
      'bad-client-credentials',
      `${domain} knows no such client or another secret of it`,
      hint,
    );
  }
  if (status === 403 && code === 'access_denied' && /not enabled within domain/i.test(message)) {
    const hint = "AUTH0_DOMAIN is the tenant's own domain, and not a custom domain";
    return new CliError('wrong-domain', `${domain} is not the domain of a Management API`, hint);
  }
  if (status === 403 && code === 'access_denied') {
    return new CliError('no-client-grant', 'The application may not use the Management API', GRANT);
  }
  if (code === 'unauthorized_client') {
    const hint = 'Use an application of the type Machine to Machine';
    return new CliError('no-client-grant', 'The application may not ask for tokens for itself', hint);
  }
  return undefined;
}

/** Refusals of the Management API. */
function explainCall(refusal: Refusal, circumstances: Circumstances): CliError {
  const { status, code, message } = refusal;
  const { domain, what } = circumstances;
  if (code === 'insufficient_scope') return missingScope(message);
  if (status === 403 && what === 'create an event stream') {
    const words = `${domain} takes no further event stream: ${oneLine(message, circumstances)}`;
    return new CliError('stream-limit', words, 'Delete one that nobody needs, or ask Auth0 about the plan');
  }
  if (status === 429) {
    return new CliError('rate-limited', `${domain} takes no more calls for now`, 'Run it again in a minute');
  }
  if (status === 401) {
    const hint = "Is AUTH0_DOMAIN the tenant's own domain, and not a custom domain";
    return new CliError('bad-token', `${domain} does not take the token that it gave`, hint);
  }
  if (status === 413 || (status === 400 && /code/.test(message) && /(large|long|size)/i.test(message))) {
    return new CliError(
      'code-too-large',
      'Auth0 takes no code of this size',
      'Its limit is 100 kB per Action',
    );
  }
  const words = `${domain} refused to ${what} (${status}): ${oneLine(message, circumstances)}`;
  const hint = status >= 500 ? 'Run it again: what is done already is seen and not repeated' : undefined;
  return new CliError('auth0-refused', words, hint);
}

function missingScope(message: string): CliError {
  const scope = /expected(?: any of)?:?\s*([\w:, -]+)/i.exec(message)?.[1]?.trim() ?? 'a scope of Actions';
  const hint = `Grant it ${scope}: Auth0, Applications > APIs > Auth0 Management API > Machine to Machine applications`;
  return new CliError('missing-scope', `The application lacks the scope ${scope}`, hint);
}

function oneLine(text: string, { hide }: Circumstances): string {
  const shown = hide
    .filter((secret) => secret !== '')
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
  return shown.replace(/\s+/g, ' ').replace(/\.$/, '').slice(0, 300);
}
