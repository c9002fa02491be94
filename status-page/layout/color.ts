/** `#rrggbb`. */
export type Color = `#${string}`;

type Channels = readonly [number, number, number];

export const isColor = (text: string | undefined): text is Color =>
  text !== undefined && /^#[0-9a-f]{6}$/i.test(text);

/** `share` of `other` mixed into `color`. */
export function mix(color: Color, other: Color, share: number): Color {
  const [a, b] = [channelsOf(color), channelsOf(other)];
  const mixed = a.map((value, index) => Math.round(value + ((b[index] ?? 0) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** From 1 to 21, as WCAG 2 defines it. */
export function contrast(a: Color, b: Color): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

/** The color nearest to `color` that stands out from `background` by `ratio`: as it is, or darker, or lighter. */
export function standingOut(color: Color, background: Color, ratio: number): Color {
  const away: Color = luminance(background) > 0.18 ? '#000000' : '#ffffff';
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(color, away, share);
    if (contrast(mixed, background) >= ratio) return mixed;
  }
  return away;
}

/** Black or white, whichever is read better. One of them always has a contrast of 4.5. */
export const textOn = (background: Color): Color =>
  contrast('#ffffff', background) >= contrast('#000000', background) ? '#ffffff' : '#000000';

function channelsOf(color: Color): Channels {
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}

function luminance(color: Color): number {
  const [red, green, blue] = channelsOf(color).map(linear) as unknown as Channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
