import { type AskForBody, askForBody } from '../../events/provisioning-api/schemas';
import type { ApiCall } from './api-call';
import type { ApiDeps } from './api-deps';
import { goneCodeOf, type Life, lifeOf } from './life-of';
import { ApiProblem } from './problem';
import { type Profile, profileIn, profileOf } from './profile';
import { readBody } from './read-body';
import { type Claims, personOf } from './token';
import { userOfPath } from './user-path';

/** The user that a call is about, and what is known of them. */
export interface Subject {
  readonly userId: string;
  readonly userRef: string;
  readonly profile: Profile;
  readonly life: Life;
}

type Deps = Pick<ApiDeps, 'userRefOf' | 'linksOf' | 'claimNamespace'>;

/** The person of the token, who may be somebody that nobody ever told of. */
export async function ownSubject(deps: Deps, claims: Claims): Promise<Subject> {
  const subject = await subjectOf(deps, personOf(claims), profileIn(claims, deps.claimNamespace));
  refuseGone(subject, 403);
  return subject;
}

/** Refuses a user who was erased, deleted or blocked, however valid their token still is. */
export function refuseGone({ life, profile }: Subject, status: number): void {
  const code = goneCodeOf(life, profile.generation);
  if (code !== undefined) throw new ApiProblem(status, code);
}

/** The user that the path of an administrator's call names. */
export function namedSubject(
  deps: Deps,
  { path }: ApiCall,
  said: Pick<AskForBody, 'user' | 'connection'>,
): Promise<Subject> {
  return subjectOf(deps, userOfPath(path.id), profileOf(said));
}

async function subjectOf(deps: Deps, userId: string, profile: Profile): Promise<Subject> {
  const userRef = await deps.userRefOf(userId);
  const life = lifeOf(await deps.linksOf(userRef), profile.generation);
  return { userId, userRef, profile, life };
}

export const readAskFor = ({ body }: ApiCall) => readBody(body, askForBody);
