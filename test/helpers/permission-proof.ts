import type { Grant } from '../../local/iam/policy';
import {
  type Asked,
  describeGrant,
  grantsOfTemplate,
  keepsSomebodyOut,
  recordRequests,
  refusedWithout,
} from './grants';
import { JOURNEYS, ofItself } from './pipeline-walk';
import type { InProcessRun } from './run-in-process';
import type { WalkedRun } from './walked-run';

/** What came out; grants in words. */
export interface PermissionProof {
  /** `passed`, or what was waited for in vain, by journey. */
  readonly ends: Readonly<Record<string, string>>;
  /** What was refused on the way, in the words of AWS. */
  readonly denials: readonly string[];
  /** How many there are of each. */
  readonly grants: number;
  readonly denies: number;
  /** Allows without which nothing is refused. */
  readonly unused: readonly string[];
  /** Denies without which nobody is let in. */
  readonly idle: readonly string[];
  /** How many were walked without, and which of them did not end the journey. */
  readonly walkedWithout: number;
  readonly survived: readonly string[];
}

export interface ProofOptions {
  /** Systems with the same policies as one that is walked without each of its grants. */
  readonly likeAnother: readonly string[];
  /** Journeys that are walked without one of their grants only. */
  readonly long: readonly string[];
}

type Walked = WalkedRun & { readonly run: InProcessRun };

export async function provePermissions(walked: Walked, options: ProofOptions): Promise<PermissionProof> {
  const { permissions, denials } = walked.run.session.run.iam;
  const { ends, asked } = await walkAll(walked);
  const denied = denials.list().map(({ words }) => words);
  const [allows, denies] = [grantsOfTemplate(permissions, 'Allow'), grantsOfTemplate(permissions, 'Deny')];
  const hinges = allows.map((grant) => ({ grant, asked: refusedWithout(permissions, grant, asked) }));
  const rows = choose(hinges, options);
  return {
    ...{ ends, denials: denied, grants: allows.length, denies: denies.length, walkedWithout: rows.length },
    unused: hinges.filter((hinge) => hinge.asked.length === 0).map(({ grant }) => describeGrant(grant)),
    idle: denies.filter((deny) => !keepsSomebodyOut(permissions, deny, asked)).map(describeGrant),
    survived: await walkWithoutEach(walked, rows),
  };
}

/** A grant with what is refused without it. */
interface Hinge {
  readonly grant: Grant;
  readonly asked: readonly Asked[];
}

async function walkAll(walked: Walked) {
  const ends: Record<string, string> = {};
  let journey = '';
  const requests = recordRequests(
    walked.run.session.run.iam.permissions,
    (request) => ofItself(request) ?? journey,
  );
  for (const name of Object.keys(JOURNEYS)) {
    journey = name;
    // Each journey by itself asks for what an instance asks only once.
    await walked.run.session.run.restartCompute();
    ends[name] = await walk(walked, name);
  }
  return { ends, asked: requests() };
}

/** Tells how it ended. */
async function walk(walked: Walked, journey: string): Promise<string> {
  return (JOURNEYS[journey]?.(walked) ?? Promise.reject(new Error('no such journey'))).then(
    () => 'passed',
    (error: Error) => error.message,
  );
}

/** The journeys that hinge on it, in the order of the table. */
const journeysOf = ({ asked }: Hinge): readonly string[] =>
  Object.keys(JOURNEYS).filter((name) => asked.some(({ journeys }) => journeys.has(name)));

/** The first of them. */
const journeyOf = (hinge: Hinge): string => journeysOf(hinge)[0] ?? '';

function choose(hinges: readonly Hinge[], { likeAnother, long }: ProofOptions): Hinge[] {
  const ofSystem = (policy: string) => likeAnother.some((system) => policy.startsWith(`System${system}`));
  const first = (journey: string) => hinges.find((hinge) => journeyOf(hinge) === journey);
  return hinges.filter(
    (hinge) =>
      hinge.asked.length > 0 &&
      !ofSystem(hinge.grant.policy) &&
      (!long.includes(journeyOf(hinge)) || first(journeyOf(hinge)) === hinge),
  );
}

async function walkWithoutEach(walked: Walked, hinges: readonly Hinge[]): Promise<string[]> {
  const survived: string[] = [];
  for (const hinge of hinges) {
    const came = await firstRefusal(walked, hinge);
    if (came !== 'refused') survived.push(`${describeGrant(hinge.grant)}: ${journeyOf(hinge)}: ${came}`);
  }
  return survived;
}

// What one walk leaves behind may ask for something while the next one is under way, and take the fault that was meant
// for that one. So another journey that hinges on the grant may show it, or the same once more.
async function firstRefusal(walked: Walked, hinge: Hinge): Promise<string> {
  const [first = '', ...others] = journeysOf(hinge);
  let came = '';
  for (const journey of [first, ...others.slice(0, 1), first]) {
    came = await walkWithout(walked, hinge, journey);
    if (came === 'refused') break;
  }
  return came;
}

/** What an instance asks only when it starts, or no more when it was refused then. */
const ONCE_PER_INSTANCE = /^(logs|secretsmanager):/;

/** Walks without the grant until something is refused, and tells what came first. Nothing was while it was there. */
async function walkWithout(walked: Walked, hinge: Hinge, journey: string): Promise<string> {
  const { permissions, denials } = walked.run.session.run.iam;
  const ending = new AbortController();
  let forget = (): void => undefined;
  const refused = new Promise<string>((resolve) => {
    forget = denials.onDenial(() => resolve('refused'));
  });
  const restore = permissions.take(hinge.grant);
  if (ONCE_PER_INSTANCE.test(hinge.grant.action)) await walked.run.session.run.restartCompute();
  const end = walk({ ...walked, signal: ending.signal }, journey);
  const first = await Promise.race([refused, end]);
  forget();
  ending.abort(new Error('refused'));
  await end;
  restore();
  await walked.run.control('DELETE', '/faults');
  return first;
}
