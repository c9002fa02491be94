import type { RequestListener } from 'node:http';
import { type ProvisioningClient, ProvisioningError } from '../../client/provisioning-client';

/** The rows of the service's own table, by the `sub` of a token. A system of the kind `profile` writes them. */
export interface Profiles {
  get(sub: string): Promise<{ readonly username?: string } | undefined>;
}

export interface OrderServiceDeps {
  /** The `sub` of a token that is valid here, undefined of any other. A gateway or a library such as jose verifies it. */
  readonly verify: (token: string) => Promise<string | undefined>;
  readonly profiles: Profiles;
  readonly provisioning: Pick<ProvisioningClient, 'accountIn'>;
  /** Name of the service's system in punctual.config.ts. */
  readonly system: string;
}

/**
 * A service that looks its user up by `sub` and never sees "not there yet": where the row is missing it asks for it with
 * the user's own token, and waits until it is there. Mostly it is, and nobody is asked.
 */
export function createOrderService({
  verify,
  profiles,
  provisioning,
  system,
}: OrderServiceDeps): RequestListener {
  const profileOf = async (sub: string, token: string) => {
    const known = await profiles.get(sub);
    if (known !== undefined) return known;
    await provisioning.accountIn(system, token);
    return profiles.get(sub);
  };
  return async (request, answer) => {
    const reply = (status: number, body: object) =>
      answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    try {
      const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
      const sub = await verify(token);
      if (sub === undefined) return reply(401, { code: 'invalid-token' });
      const profile = await profileOf(sub, token);
      return reply(200, { customer: profile?.username ?? 'you', orders: [] });
    } catch (error) {
      if (!(error instanceof ProvisioningError)) return reply(500, { code: 'unexpected' });
      // Who is blocked, or comes by a connection that brings no accounts, is no failure of ours.
      return reply(error.status === 403 ? 403 : 503, { code: error.code });
    }
  };
}
