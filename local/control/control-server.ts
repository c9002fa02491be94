import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { LocalError } from '../local-error';
import type { Session } from '../session';
import { CONTROL_ROUTES, type ControlRoute } from './control-routes';

const STATUS: Readonly<Record<string, number>> = {
  'bad-request': 400,
  'not-found': 404,
  forbidden: 403,
  starting: 503,
};

/** Looks into a run and disturbs it. `session` is asked with each request, as it begins after the server. */
export function createControlServer(session: () => Session | undefined): Server {
  return createServer((request, response) => void respond(session(), request, response));
}

async function respond(
  session: Session | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    send(response, 200, (await perform(session, request)) ?? {});
  } catch (error) {
    const { code, message } = error as LocalError;
    const status = error instanceof LocalError ? (STATUS[code] ?? 500) : 500;
    send(response, status, { code: error instanceof LocalError ? code : 'failed', message });
  }
}

async function perform(session: Session | undefined, request: IncomingMessage): Promise<unknown> {
  // Web pages can reach loopback addresses too; their requests name where they come from.
  if (request.headers.origin !== undefined) throw new LocalError('forbidden', 'Not for web pages');
  const { act, name } = findRoute(request);
  const body = await readBody(request);
  if (!session) throw new LocalError('starting', 'The local run is still starting');
  return act(session, body, name);
}

function findRoute({ method, url }: IncomingMessage): { act: ControlRoute['act']; name: string } {
  const asked = `${method} ${new URL(url ?? '/', 'http://localhost').pathname}`;
  for (const { route, act } of CONTROL_ROUTES) {
    const match = new RegExp(`^${route.replace('{name}', '([^/]+)')}$`).exec(asked);
    if (match) return { act, name: decodeURIComponent(match[1] ?? '') };
  }
  const known = CONTROL_ROUTES.map(({ route }) => route).join(', ');
  throw new LocalError('not-found', `There is no ${asked}, only ${known}`);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new LocalError('bad-request', 'The body is not JSON');
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify(value)}\n`);
}
