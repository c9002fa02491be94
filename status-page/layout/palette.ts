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

/** The colors of what is shown on one kind of background, each by the name of its CSS variable. */
export interface Palette extends Surface {
  /** Of what is drawn in the color of the brand. */
  readonly accent: Color;
  readonly 'on-accent': Color;
  /** The track of what is still to come. */
  readonly track: Color;
}

/**
 * The colors of a page, for light and for dark. Whatever the accent is, what is drawn in it has a contrast of 3 to the
 * card and text on it one of 4.5, as WCAG 2.2 AA asks for.
 */
export function palettesOf({ accent, accentDark }: BrandColors = {}): Record<'light' | 'dark', Palette> {
  const light = isColor(accent) ? accent : ACCENT;
  const dark = isColor(accentDark) ? accentDark : mix(light, '#ffffff', 0.25);
  return { light: paletteOf(light, LIGHT, 0.05), dark: paletteOf(dark, DARK, 0.04) };
}

/** The same as CSS variables. */
export function renderPalette(colors?: BrandColors): string {
  const { light, dark } = palettesOf(colors);
  return `:root{${variablesOf(light)}}@media(prefers-color-scheme:dark){:root{${variablesOf(dark)}}}`;
}

function paletteOf(accent: Color, surface: Surface, tint: number): Palette {
  const fill = standingOut(accent, surface.card, 3);
  return {
    ...surface,
    page: mix(surface.page, accent, tint),
    accent: fill,
    'on-accent': textOn(fill),
    track: mix(surface.line, accent, 0.12),
  };
}

const variablesOf = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');
