import { type Html, html } from './html';

/** What a page shows of whose it is. Every part may be missing, and what is not of its form is left out. */
export interface Brand {
  /** Name of the product. */
  readonly name?: string | undefined;
  /** An SVG or PNG as a `data:` address. */
  readonly logo?: string | undefined;
  readonly colors?: BrandColors | undefined;
}

export interface BrandColors {
  /** `#rrggbb`. */
  readonly accent?: string | undefined;
  /** In dark mode. @default made of `accent` */
  readonly accentDark?: string | undefined;
}

// An image of this form runs nothing, and the page's policy lets it load nothing.
const LOGO = /^data:image\/(svg\+xml|png);base64,[A-Za-z0-9+/]+={0,2}$/;

/** The head of a page: logo and name, where there are any. */
export function renderBrand({ name, logo }: Brand): Html | undefined {
  const image =
    logo !== undefined && LOGO.test(logo) ? html`<img src="${logo}" alt="" height="28">` : undefined;
  if (image === undefined && name === undefined) return undefined;
  return html`<header>${image}${name === undefined ? undefined : html`<span>${name}</span>`}</header>`;
}
