import type { Context } from 'koa';
import type { RequestFacts } from '../post-login/login';

/** What no Action is to see of a request. */
const HIDDEN: ReadonlySet<string> = new Set([
  'password',
  'refresh_token',
  'client_secret',
  'code',
  'code_verifier',
]);

export function requestFacts(
  ctx: Pick<Context, 'method' | 'host' | 'ip' | 'query' | 'get'>,
  body: Readonly<Record<string, unknown>> = {},
): RequestFacts {
  const language = ctx.get('accept-language').split(/[,;-]/)[0];
  const agent = ctx.get('user-agent');
  return {
    ...{ method: ctx.method, hostname: ctx.host, ip: ctx.ip.replace(/^::ffff:/, '') },
    ...(language ? { language } : {}),
    ...(agent ? { user_agent: agent } : {}),
    ...{ query: textsOf(ctx.query), body: textsOf(body) },
  };
}

/** Of a parameter that is there more than once, the last one. */
export function textsOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(values).flatMap(([name, value]) => {
    const text = Array.isArray(value) ? value.at(-1) : value;
    return typeof text === 'string' && !HIDDEN.has(name) ? [[name, text]] : [];
  });
  return Object.fromEntries(entries);
}
