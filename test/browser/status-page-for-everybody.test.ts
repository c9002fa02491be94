import type { BrowserContextOptions, Page } from 'playwright-core';
import { waitFor } from '../helpers/wait-for';
import { violations } from './helpers/axe';
import { TestBrowser } from './helpers/browser';
import type { StandIn } from './helpers/stand-in';

const tests = new TestBrowser();

const BRAND = { name: 'Acme', colors: { accent: '#ffe600' } };
const failed = [{ name: 'crm', label: 'CRM', required: true, standing: 'failed' }] as const;

const styleOf = (page: Page, selector: string, property: string) =>
  page.evaluate(`getComputedStyle(document.querySelector('${selector}')).${property}`);

describe('axe finds nothing to complain about', () => {
  const situations: [string, BrowserContextOptions, (standIn: StandIn) => void][] = [
    ['while a person waits', {}, () => undefined],
    ['in dark mode', { colorScheme: 'dark' }, () => undefined],
    ['on a phone', { viewport: { width: 320, height: 600 } }, () => undefined],
    [
      'after a failure',
      {},
      (standIn) => {
        standIn.systems = failed;
      },
    ],
    [
      'after a failure in dark mode',
      { colorScheme: 'dark' },
      (standIn) => {
        standIn.systems = failed;
      },
    ],
    [
      'on an expired page',
      {},
      (standIn) => {
        standIn.trouble = 'expired';
      },
    ],
  ];

  test.each(situations)('%s', async (_, options, arrange) => {
    const standIn = await tests.standIn({ brand: BRAND, onFailed: 'stop', languages: 'de' });
    arrange(standIn);
    const { page } = await tests.open(standIn.page(), {
      ...options,
      bypassCSP: true,
      reducedMotion: 'reduce',
    });
    expect(await violations(page)).toEqual([]);
  });
});

test('is used with the keyboard only, and shows where one is', async () => {
  const standIn = await tests.standIn();
  const { page } = await tests.open(standIn.page());
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.id')).toBe('button');
  expect(await styleOf(page, '#button', 'outlineStyle')).toBe('solid');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${standIn.login.app}/callback?code=1`);
});

test('tells a screen reader each change once, in one breath', async () => {
  const standIn = await tests.standIn();
  const { page } = await tests.open(standIn.page());
  await waitFor('socket', async () => standIn.tokens > 1);
  const region = page.getByRole('status');
  expect(await region.textContent()).toBe('');
  standIn.push('video', 'ready');
  standIn.push('crm', 'ready');
  await waitFor('news', async () => (await region.textContent()) !== '');
  expect(await region.textContent()).toBe(
    'Video library: ready. 1 of 3 ready. Customer records: ready. 2 of 3 ready.',
  );
  standIn.push('crm', 'ready');
  standIn.push('video', 'ready');
  await page.waitForTimeout(500);
  expect(await region.textContent()).toMatch(/^Video library: ready. 1 of 3/);
});

test('fits a narrow phone, with long words and something large enough to press', async () => {
  const label = 'Donaudampfschifffahrtsgesellschaftskapitän'.slice(0, 40);
  const systems = [{ name: 'crm', label, required: true, standing: 'waiting' }] as const;
  const standIn = await tests.standIn({ systems, languages: 'de-AT', brand: { name: 'A'.repeat(60) } });
  const { page } = await tests.open(standIn.page(), { viewport: { width: 320, height: 568 } });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  const box = await page.locator('#button').boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
});

test.each([
  ['de-AT en', 'de', 'Wir richten alles für Sie ein'],
  ['fr-CA', 'fr', 'Nous préparons tout pour vous'],
  ['xx', 'en', 'Getting things ready for you'],
])('speaks to who asks for %s in %s', async (languages, language, text) => {
  const standIn = await tests.standIn({ languages });
  const { page } = await tests.open(standIn.page());
  expect(await page.getAttribute('html', 'lang')).toBe(language);
  expect(await page.textContent('h1')).toBe(text);
});

test('is dark where the person likes it dark, in the colors of the brand', async () => {
  const standIn = await tests.standIn({ brand: { colors: { accent: '#0a7d4f', accentDark: '#5fd6a4' } } });
  const { page } = await tests.open(standIn.page());
  expect(await styleOf(page, '#card', 'backgroundColor')).toBe('rgb(255, 255, 255)');
  expect(await styleOf(page, '[data-standing=ready]>i', 'backgroundColor')).toBe('rgb(10, 125, 79)');
  await page.emulateMedia({ colorScheme: 'dark' });
  await waitFor('dark', async () => (await styleOf(page, '#card', 'backgroundColor')) === 'rgb(25, 28, 33)');
  await waitFor(
    'accent',
    async () => (await styleOf(page, '[data-standing=ready]>i', 'backgroundColor')) === 'rgb(95, 214, 164)',
  );
});

test('stands still for who wants no motion', async () => {
  const standIn = await tests.standIn();
  const { page } = await tests.open(standIn.page());
  const mark = '[data-standing=waiting]>i';
  expect(await styleOf(page, mark, 'animationName')).toBe('turn');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await styleOf(page, mark, 'animationName')).toBe('none');
});
