/** How the code of our Actions begins, whichever version made it: what tells them from others in a tenant. */
export const BANNER_START = '/* Punctual: ';
