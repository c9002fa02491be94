import type { BrandColors } from './brand';
import { type Color, isColor, mix, standingOut, textOn } from './color';

/** A calm blue, for who configures no color. */
const ACCENT: Color = '#3457d5';

interface Surface {
  readonly page: Color;
  readonly card: Color;
  readonly ink: Color;
  readonly soft: Color;
  readonly line: Color;
  readonly warn: Color;
}

const LIGHT: Surface = {
  page: '#f4f5f7',
  card: '#ffffff',
  ink: '#171a21',
  soft: '#586070',
  line: '#e3e6ec',
  warn: '#8f4f00',
};
const DARK: Surface = {
  page: '#0f1114',
  card: '#191c21',
  ink: '#f1f3f6',
  soft: '#a4acba',
  line: '#2f343d',
  warn: '#f0b35a',
};

/**
 * The colors of a page as CSS variables, for light and for dark. Whatever the accent is, what is drawn in it has a
 * contrast of 3 to the card and text on it one of 4.5, as WCAG 2.2 AA asks for.
 */
export function renderPalette({ accent, accentDark }: BrandColors = {}): string {
  const light = isColor(accent) ? accent : ACCENT;
  const dark = isColor(accentDark) ? accentDark : mix(light, '#ffffff', 0.25);
  const darkVariables = variablesOf(dark, DARK, 0.04);
  return `:root{${variablesOf(light, LIGHT, 0.05)}}@media(prefers-color-scheme:dark){:root{${darkVariables}}}`;
}

function variablesOf(accent: Color, surface: Surface, tint: number): string {
  const fill = standingOut(accent, surface.card, 3);
  const variables: Readonly<Record<string, Color>> = {
    ...surface,
    page: mix(surface.page, accent, tint),
    accent: fill,
    'on-accent': textOn(fill),
    // The track of what is still to come.
    track: mix(surface.line, accent, 0.12),
  };
  return Object.entries(variables)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');
}
