import * as z from 'zod';
import { WAYS_IN } from '../auth0/post-login/login';
import { SAMPLE_USER } from '../auth0/sample-user';
import type { Session } from '../session';
import { read } from './read';

export async function registerUser({ register }: Session, body: unknown): Promise<object> {
  const { emitted, code } = await register(read(SAMPLE_USER, body));
  return { emitted, code };
}

const LOGIN = z.strictObject({ way: z.enum(WAYS_IN).default('browser') }).prefault({});

export async function logUserIn({ logIn }: Session, body: unknown, userId: string): Promise<object> {
  const { emitted, code } = await logIn(userId, read(LOGIN, body).way);
  return { emitted, code };
}

/** What Auth0 itself writes is nobody's to set. */
const OWN = z.never({ error: 'is written by Auth0 alone' }).optional();
const CHANGES = z.looseObject({
  ...{ user_id: OWN, created_at: OWN, updated_at: OWN, identities: OWN },
  email: z.string().optional(),
  blocked: z.boolean().optional(),
});

export function changeUser({ users, stream }: Session, body: unknown, userId: string): object {
  const change = users.change(userId, read(CHANGES, body));
  stream.tell([change]);
  return change.object;
}

export function deleteUser({ users, stream }: Session, _: unknown, userId: string): void {
  stream.tell([users.remove(userId)]);
}

const OTHER_USER = z.strictObject({ user_id: z.string() });

export function linkUsers({ users, stream }: Session, body: unknown, userId: string): void {
  stream.tell(users.link(userId, read(OTHER_USER, body).user_id));
}

const DELIVERIES = z.strictObject({ deliveries: z.int().min(0).max(10) });

export function repeatEvents({ stream }: Session, body: unknown): void {
  stream.repeat(read(DELIVERIES, body).deliveries);
}
