import fc from 'fast-check';
import { type Color, contrast } from '../../../status-page/layout/color';
import { renderPalette } from '../../../status-page/layout/palette';

const colors = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value): Color => `#${value.toString(16).padStart(6, '0')}`);

/** The variables for light and for dark. */
const surfacesOf = (css: string) =>
  css
    .split('@media')
    .map((part) =>
      Object.fromEntries([...part.matchAll(/--([\w-]+):(#\w{6})/g)].map(([, name, value]) => [name, value])),
    );

const pairs = [
  ['ink', 'card', 4.5],
  ['soft', 'card', 4.5],
  ['warn', 'card', 4.5],
  ['on-accent', 'accent', 4.5],
  ['accent', 'card', 3],
  ['ink', 'page', 4.5],
] as const;

test('whatever the colors are, everything is read in light and in dark', () => {
  fc.assert(
    fc.property(colors, fc.option(colors, { nil: undefined }), (accent, accentDark) => {
      for (const surface of surfacesOf(renderPalette({ accent, accentDark }))) {
        for (const [front, back, least] of pairs) {
          expect(contrast(surface[front] as Color, surface[back] as Color)).toBeGreaterThanOrEqual(least);
        }
      }
    }),
  );
});

test('an accent that stands out is taken as it is', () => {
  const [light, dark] = surfacesOf(renderPalette({ accent: '#0a7d4f', accentDark: '#5fd6a4' }));
  expect([light?.accent, dark?.accent]).toEqual(['#0a7d4f', '#5fd6a4']);
});

test.each(['red', '#fff', '#12345g', '#123456;}body{display:none'])(
  'leaves out %p, which is no color',
  (accent) => {
    expect(renderPalette({ accent, accentDark: accent })).toBe(renderPalette());
  },
);
