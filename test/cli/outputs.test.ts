import { showOutputs } from '../../cli/outputs/outputs';
import { aScreen } from './helpers/a-screen';
import { outputs } from './helpers/deps';

const deps = (screen = aScreen()) => ({ outputs: async () => outputs(), screen: screen.screen });

test('outputs are listed by name, under the stack they are of', async () => {
  const screen = aScreen();
  const { json } = await showOutputs({}, deps(screen));
  expect(screen.lines[0]).toBe('UserProvisioning-prod');
  expect(screen.lines.slice(1)).toEqual(screen.lines.slice(1).toSorted());
  expect(screen.lines).toContainEqual(
    expect.stringMatching(/^EventApiUrl +https:\/\/api\.example\.com\/v1\/$/),
  );
  expect(json).toEqual({ stack: 'UserProvisioning-prod', outputs: outputs().values });
});

test('one of them is printed alone, so that a shell can use it', async () => {
  const screen = aScreen();
  const { json } = await showOutputs({ name: 'UserLinkTableName' }, deps(screen));
  expect([screen.text(), json]).toEqual(['links', 'links']);
});

test('fails for one that is not there, and names what was meant', async () => {
  await expect(showOutputs({ name: 'UserLinkTablName' }, deps())).rejects.toMatchObject({
    code: 'usage',
    exitCode: 2,
    message: 'There is no output UserLinkTablName; the nearest is UserLinkTableName',
  });
});
