/** A page with one card, from a narrow phone upwards. Colors are the variables of the palette. */
export const CARD_STYLE = minified(`
*,:after{box-sizing:border-box}
html{color-scheme:light dark;background:var(--page)}
body{margin:0;min-height:100vh;min-height:100svh;display:flex;flex-direction:column;align-items:center;
  justify-content:center;gap:20px;padding:24px 16px;color:var(--ink);
  font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
header{display:flex;align-items:center;gap:10px;max-width:100%;overflow-wrap:anywhere;font-weight:600;letter-spacing:-.005em}
header img{display:block;height:28px;max-width:180px;object-fit:contain}
main{width:100%;max-width:432px}
#card{background:var(--card);border:1px solid var(--line);border-radius:20px;padding:32px 24px 28px;
  box-shadow:0 1px 2px rgba(10,14,22,.04),0 16px 40px -12px rgba(10,14,22,.12);overflow-wrap:anywhere}
h1{margin:0;font-size:1.5rem;line-height:1.2;font-weight:650;letter-spacing:-.022em;text-wrap:balance}
#lead{margin:10px 0 0;color:var(--soft);text-wrap:pretty}
button,#back{display:block;width:100%;min-height:48px;padding:11px 20px;border-radius:12px;font:inherit;font-weight:600;
  line-height:1.5;text-align:center;text-decoration:none;color:var(--ink);background:none;border:1px solid var(--line);
  cursor:pointer}
#back{margin-top:12px}
button:hover,#back:hover{border-color:var(--soft)}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
[hidden]{display:none!important}
@media(min-width:480px){body{padding:40px 24px}#card{padding:40px 40px 36px}}
@media(prefers-color-scheme:dark){#card{box-shadow:0 16px 48px -12px rgba(0,0,0,.6)}}
`);

/** Without the line breaks and indents that only its author needs. */
export function minified(css: string): string {
  return css.replace(/\n\s*/g, '').trim();
}
