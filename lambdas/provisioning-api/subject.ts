import { type AskForBody, askForBody } from '../../events/provisioning-api/schemas';
import { ageOf, endedOf, type UserLink } from '../user-links/user-link';
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
  /** Of every life. */
  readonly links: readonly UserLink[];
  readonly life: Life;
  /** The latest one that the links alone know of. */
  readonly known: Life;
  /** Of a person: when their token was made, in seconds. */
  readonly tokenAt?: number;
}

type Deps = Pick<ApiDeps, 'userRefOf' | 'linksOf' | 'claimNamespace' | 'now'>;

/** The person of the token, who may be somebody that nobody ever told of. */
export async function ownSubject(deps: Deps, claims: Claims): Promise<Subject> {
  const subject = await subjectOf(deps, personOf(claims), profileIn(claims, deps.claimNamespace));
  return { ...subject, ...(typeof claims.iat === 'number' && { tokenAt: claims.iat }) };
}

/** Refuses a user who was erased, deleted or blocked, however valid their token still is. */
export function refuseGone({ life, profile }: Subject, status: number): void {
  const code = goneCodeOf(life, profile.generation);
  if (code !== undefined) throw new ApiProblem(status, code);
}

/** The user that the path of an administrator's call names. */
export async function namedSubject(
  deps: Deps,
  { path }: ApiCall,
  said: Pick<AskForBody, 'user' | 'connection'>,
): Promise<Subject> {
  const profile = profileOf(said);
  refuseYetToCome(profile, deps.now());
  const subject = await subjectOf(deps, userOfPath(path.id), profile);
  refuseOtherLife(subject);
  return subject;
}

/** Clocks differ. */
const LATEST_MS = 5 * 60_000;

function refuseYetToCome({ generation = '' }: Profile, now: number): void {
  if (Date.parse(generation) > now + LATEST_MS)
    throw new ApiProblem(400, 'invalid-request', { detail: 'body.user.created_at' });
}

// What says that a later life began ends the one before it for all that Auth0 tells of it from then on. Auth0 says so
// in the tokens and events of the user; whoever does not know the time leaves it out.
function refuseOtherLife({ known, life }: Subject): void {
  const goesOn = known.generation !== undefined && !isOver(known);
  if (goesOn && ageOf(known, life) === 'newer') throw new ApiProblem(409, 'life-unknown');
}

const isOver = (life: Life) => life.links.some((link) => endedOf(link) !== undefined);

async function subjectOf(deps: Deps, userId: string, profile: Profile): Promise<Subject> {
  const userRef = await deps.userRefOf(userId);
  const links = await deps.linksOf(userRef);
  const known = lifeOf(links, undefined);
  return { userId, userRef, profile, links, known, life: lifeOf(links, profile.generation) };
}

/**
 * The user with what Auth0 knows of them, where it may be asked and more has to be known; refused when they are gone.
 * Only Auth0 knows whether who is gone by our links began another life.
 *
 * @param isMissing whether too little was said for what the call wants
 * @param status of the problem of somebody who is refused
 */
export async function knownSubject(
  { auth0User }: Pick<ApiDeps, 'auth0User'>,
  subject: Subject,
  { isMissing, status }: { readonly isMissing: boolean; readonly status: number },
): Promise<Subject> {
  const { profile, life, userId, links, tokenAt } = subject;
  const mayBeAnother = profile.generation === undefined && goneCodeOf(life, undefined) !== undefined;
  const known = isMissing || mayBeAnother ? await auth0User?.(userId) : undefined;
  if (known === undefined) {
    refuseGone(subject, status);
    if (isMissing && auth0User !== undefined) throw new ApiProblem(409, 'profile-unknown');
    return subject;
  }
  const asked = profileOf({ user: known.user, connection: profile.connection ?? known.connection });
  const found = { ...subject, profile: asked, life: lifeOf(links, asked.generation) };
  refuseGone(found, status);
  if (isBefore(tokenAt, asked.generation)) throw new ApiProblem(status, 'user-deleted');
  if (known.isBlocked) throw new ApiProblem(status, 'user-blocked');
  return found;
}

// A token has whole seconds.
const isBefore = (tokenAt: number | undefined, generation: string | undefined) =>
  tokenAt !== undefined && generation !== undefined && (tokenAt + 1) * 1_000 <= Date.parse(generation);

export const readAskFor = ({ body }: ApiCall) => readBody(body, askForBody);
