import type { Login, RequestFacts, Visitor } from '../post-login/login';
import type { Ending } from '../post-login/post-login';
import type { Flow } from './flows';
import { type Issued, issuedBy } from './issued';
import type { TenantParts } from './tenant-parts';

/** How it goes on with a login in a browser. */
export type Step =
  | { readonly kind: 'issue'; readonly issued: Issued }
  /** The browser goes to the destination of the flow first. */
  | { readonly kind: 'leave' }
  | { readonly kind: 'refuse'; readonly error: string; readonly description: string };

/** Runs the Actions of a flow from where they are. */
export async function runActions(
  parts: TenantParts,
  flow: Flow,
  visitor: Visitor,
  session: { readonly way: 'browser' | 'silent'; readonly id: string },
): Promise<Step> {
  const state = parts.flows.wait(flow, 'redirect');
  const { continuation } = flow;
  delete flow.continuation;
  flow.postLogin ??= parts.people.postLogin({
    ...{ id: flow.id, way: session.way, sessionId: session.id },
    ...{ client: flow.client, asked: flow.asked, visitor },
  });
  const { postLogin } = flow;
  const ending = await (continuation
    ? postLogin.goOn(continuation, state)
    : postLogin.start(flow.request, state));
  if (ending.kind !== 'redirect') parts.flows.use(state);
  // Who showed a factor in this session is not asked for it again.
  parts.visitors.set(session.id, { ...visitor, methods: postLogin.methods });
  return stepOf(parts, flow, visitor, ending);
}

function stepOf(parts: TenantParts, flow: Flow, visitor: Visitor, ending: Ending): Step {
  switch (ending.kind) {
    case 'redirect':
      flow.destination = ending.url;
      return { kind: 'leave' };
    case 'factor': {
      const [type = 'otp'] = ending.wanted.types;
      parts.codes.make(flow.id, visitor.userId, type);
      const query = new URLSearchParams({
        state: parts.flows.wait(flow, 'factor'),
        kind: ending.wanted.kind,
      });
      flow.destination = `/u/mfa?${query}`;
      return { kind: 'leave' };
    }
    case 'denied':
      parts.flows.end(flow);
      return { kind: 'refuse', error: 'access_denied', description: ending.reason };
    case 'failed':
      parts.flows.end(flow);
      return { kind: 'refuse', error: ending.error, description: ending.description };
    case 'done':
      parts.flows.end(flow);
      return { kind: 'issue', issued: issuedOf(parts, flow) };
  }
}

function issuedOf(parts: TenantParts, { postLogin }: Flow): Issued {
  if (postLogin === undefined) throw new Error('The Actions did not run');
  return issuedBy(postLogin.login, postLogin.effects, parts.apis);
}

/** Runs the Actions of a login without a browser. Nothing can hold it up. */
export async function runForProgram(
  parts: TenantParts,
  login: Login,
  request: RequestFacts,
): Promise<Exclude<Step, { kind: 'leave' }>> {
  const postLogin = parts.people.postLogin(login);
  const ending = await postLogin.start(request, '');
  if (ending.kind === 'done') {
    return { kind: 'issue', issued: issuedBy(login, postLogin.effects, parts.apis) };
  }
  if (ending.kind === 'denied') {
    return { kind: 'refuse', error: 'access_denied', description: ending.reason };
  }
  const { error, description } =
    ending.kind === 'failed'
      ? ending
      : { error: 'interaction_required', description: 'Nobody is there to interact with' };
  return { kind: 'refuse', error, description };
}
