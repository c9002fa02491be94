import { fork } from 'node:child_process';
import { join } from 'node:path';
import { configuration } from '../../punctual.config';
import type { PermissionProof, ProofOptions } from '../helpers/permission-proof';
import { JOURNEYS } from '../helpers/pipeline-walk';

/**
 * Least privilege, proved in three steps. The journeys together pass under the policies of the template, which shows
 * that no permission is missing. Everything that IAM was asked meanwhile is decided again with each grant taken away
 * in turn, and a grant without which nothing is refused is not needed. That a refusal does end a journey is then
 * seen by walking it again without the grant: without each of one system of each kind and of what systems share,
 * and once for each journey that lasts minutes.
 */
const SYSTEMS = Object.entries(configuration.systems);
const KINDS = new Set(SYSTEMS.map(([, { kind }]) => kind));
const isFirstOfKind = ([name, { kind }]: (typeof SYSTEMS)[number]) =>
  SYSTEMS.find(([, other]) => other.kind === kind)?.[0] === name;
const OPTIONS: ProofOptions = {
  likeAnother: SYSTEMS.filter((system) => !isFirstOfKind(system)).map(([name]) => name),
  long: [
    'a change that cannot be told is kept as a failure',
    'a census is taken',
    'the account of a user who was deleted goes everywhere',
    'an invitation ends by the clock, and with it who was made ahead for it',
  ],
};

/** Fewer would mean that they were not found. */
const LEAST_OF_A_SYSTEM = 15;

let proof: PermissionProof;

beforeAll(async () => {
  proof = await prove();
}, 300_000);

/** In a process of its own: policies are changed from within a run, and the emulator cannot be loaded here. */
function prove(): Promise<PermissionProof> {
  const file = join(__dirname, '../helpers/permission-proof.child.ts');
  const child = fork(file, [JSON.stringify(OPTIONS)], { execArgv: ['--import', 'tsx'], silent: true });
  const printed: string[] = [];
  child.stderr?.on('data', (chunk) => printed.push(String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as PermissionProof));
    child.once('exit', (code) => reject(new Error(`The proof ended with ${code}:\n${printed.join('')}`)));
  });
}

test.each(Object.keys(JOURNEYS))('passes with the permissions that there are: %s', (journey) => {
  expect(proof.ends[journey]).toBe('passed');
});

test('nothing is refused on the way', () => {
  expect(proof.denials).toEqual([]);
});

test('there is no grant without which nothing would be refused', () => {
  expect(proof.grants).toBeGreaterThan(LEAST_OF_A_SYSTEM * SYSTEMS.length);
  expect(proof.unused).toEqual([]);
});

test('there is no Deny without which nobody would be let in', () => {
  expect(proof.denies).toBeGreaterThan(2 * SYSTEMS.length);
  expect(proof.idle).toEqual([]);
});

test('a journey does not get to its end without a grant that it hinges on', () => {
  expect(proof.walkedWithout).toBeGreaterThan(LEAST_OF_A_SYSTEM * KINDS.size);
  expect(proof.survived).toEqual([]);
});
