import type { Erasure } from '../../lambdas/user-links/user-link';
import type { AuthProfile, Certificate, Deed, ErasedSystem, SweptQueue } from '../certificate/certificate';
import type { Deps } from '../deps';
import { outputOf } from '../target/outputs';
import type { Person } from './person';
import type { SystemProgress } from './progress-of';
import type { ToldSystem } from './tell-consumers';
import { whatTimeClears } from './what-time-clears';

export interface Done {
  readonly person: Person;
  readonly progress: readonly SystemProgress[];
  readonly told: readonly ToldSystem[];
  /** Systems of which an operator said that it is done; those with links have that in their rows. */
  readonly byHand: readonly string[];
  readonly messages: readonly SweptQueue[];
  /** Undefined of a stack that has none. */
  readonly invitations: number | undefined;
  readonly auth0: AuthProfile;
}

export type IssueDeps = Pick<Deps, 'outputs' | 'signer' | 'now'>;

/** The certificate as JWS, signed by the stack's key. */
export async function issueCertificate(done: Done, deps: IssueDeps): Promise<string> {
  const outputs = await deps.outputs();
  const arn = outputOf(outputs, 'CertificateKeyArn');
  const { person, progress, messages, invitations, auth0 } = done;
  const certificate: Certificate = {
    ...{ type: 'punctual.erasure', version: 1, issuedAt: isoOf(deps.now()) },
    tenant: outputOf(outputs, 'Auth0Tenant'),
    environment: outputOf(outputs, 'EnvironmentName'),
    stack: outputs.stackName,
    ...{ userRef: person.userRef, until: person.until },
    systems: [...progress.map(toSystem), ...unlinkedOf(done, isoOf(deps.now()))],
    messages: messages.map(({ queue, deleted }) => ({ queue, deleted })),
    ...(invitations !== undefined && { invitations }),
    auth0,
    remains: whatTimeClears(deps.now()),
  };
  const { publicKeyOf, signJws } = require('../certificate/jws') as typeof import('../certificate/jws');
  const signer = await deps.signer();
  const key = publicKeyOf(await signer.publicKey(arn));
  return signJws(certificate, key, (digest) => signer.sign(arn, digest));
}

function toSystem({ system, link }: SystemProgress): ErasedSystem {
  const erasure: Erasure = link?.erasure ?? { askedAt: 0, accounts: [] };
  const { askedAt, accounts, removedAt, removedBy, readBackAt, readBackBy, verifiedAt, verifiedBy } = erasure;
  const removed = erasure.told ? undefined : deedOf(removedAt, removedBy);
  const looks = [deedOf(readBackAt, readBackBy), deedOf(verifiedAt, verifiedBy)].filter(
    (deed) => deed !== undefined,
  );
  return {
    ...{ system, accounts: [...accounts], askedAt: isoOf(askedAt) },
    ...(removed === undefined ? {} : { removed }),
    readBacks: erasure.told ? [] : looks,
    ...(erasure.told ? { told: looks } : {}),
    ...(erasure.byHand ? { byHand: true } : {}),
  };
}

function unlinkedOf({ person, told, byHand }: Done, now: string): ErasedSystem[] {
  const { consumers, retired } = person;
  return [...consumers, ...retired].map((system) => {
    const one = told.find((each) => each.system === system);
    const [at, requestId] = [one?.at ?? now, one?.requestId ?? ''];
    return {
      ...{ system, accounts: [], askedAt: at, readBacks: [] },
      ...(one === undefined ? {} : { told: [{ at, requestId }] }),
      ...(byHand.includes(system) ? { byHand: true as const } : {}),
    };
  });
}

function deedOf(at: number | undefined, requestId = ''): Deed | undefined {
  return at === undefined ? undefined : { at: isoOf(at), requestId };
}

const isoOf = (epochMs: number) => new Date(epochMs).toISOString();
