import * as z from 'zod';
import { plainText } from './plain-text';
import { section, textLike, wholeNumber } from './section';

const wordsOfNamespace =
  'an https URL of yours that ends in /, such as https://acme.com/, at most 100 characters';
/** Auth0 drops claims below addresses of its own without a word. */
const OF_AUTH0 = /^https:\/\/(?:[^/]+\.)?(?:auth0\.com|webtask\.io|webtask\.run)\//;

const claimNamespace = textLike(
  /^(?=.{1,100}$)https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+\/(?:[A-Za-z0-9._~-]+\/)*$/,
  wordsOfNamespace,
).refine((url) => !OF_AUTH0.test(url), {
  error: 'an address that is not of Auth0, which drops claims below auth0.com, webtask.io and webtask.run',
});

const color = textLike(/^#[0-9a-f]{6}$/i, 'a colour such as #0a7f5a');

const colors = section({
  accent: color.optional().describe('Of what moves, and of the button.'),
  accentDark: color
    .optional()
    .describe('The same where the person prefers dark pages; `accent` when left out.'),
});

const logo = textLike(
  /^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,199}\.(?:svg|png)$/,
  'the path of an SVG or PNG file in the project, such as brand/logo.svg',
);

const statusPage = section({
  deadlineSeconds: wholeNumber(2, 30)
    .default(8)
    .describe('The page goes on at the latest after so long, whatever is ready.'),
  onFailed: z
    .enum(['continue', 'stop'], { error: 'continue or stop' })
    .default('continue')
    .describe('What becomes of a login for which a required system failed.'),
  name: plainText(40).optional().describe('The product, as the page names it.'),
  logo: logo.optional().describe('A file below 8 kB, shown on the page.'),
  colors: colors.prefault({}).describe('Colours of the page.'),
});

/** What happens at a login. */
export const login = section({
  rampHours: wholeNumber(0, 168)
    .default(24)
    .describe(
      'A change of systems, attributes or `jit` reaches the people who come back over so many hours, so that a deploy does not tell of everybody at once.',
    ),
  claimNamespace: claimNamespace
    .default('https://punctual.dev/')
    .describe('What the names of our claims in tokens begin with.'),
  statusPage: statusPage
    .prefault({})
    .describe('The page that a person sees while a required system makes their account.'),
});
