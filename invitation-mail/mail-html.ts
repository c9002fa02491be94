import type { BrandColors } from '../status-page/layout/brand';
import { minified } from '../status-page/layout/card-style';
import { html, raw } from '../status-page/layout/html';
import { DIRECTION, type Language } from '../status-page/layout/language';
import { type Palette, palettesOf } from '../status-page/layout/palette';
import type { MailText } from './mail-text';

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/**
 * The HTML part, for mail programs as they are: tables, widths in pixels, every style at its element, and no picture.
 * Those that know `prefers-color-scheme` show the dark colors; the others keep the light ones or turn them themselves.
 */
export function renderMailHtml(text: MailText, language: Language, colors: BrandColors | undefined): string {
  const { light, dark } = palettesOf(colors);
  const { subject, sender, heading, lead, button, link, address, notes } = text;
  const paragraph = (words: string) =>
    html`<p class="ink" style="${raw(`margin:0 0 16px;color:${light.ink}`)}">${words}</p>`;
  const note = (words: string) => html`<p style="margin:0 0 12px">${words}</p>`;
  const document = html`<!doctype html>
<html lang="${language}" dir="${DIRECTION[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>${subject}</title>
<style>${raw(styleOf(dark))}</style>
</head>
<body class="page" style="${raw(`margin:0;padding:0;background:${light.page}`)}">
<div style="display:none;max-height:0;overflow:hidden;opacity:0">${lead[0]}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="${light.page}"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="${raw(`max-width:600px;${FONT};font-size:16px;line-height:24px`)}">
${sender === undefined ? undefined : html`<tr><td class="ink" style="${raw(`padding:0 8px 16px;font-weight:600;color:${light.ink}`)}">${sender}</td></tr>`}
<tr><td class="card pad" bgcolor="${light.card}" style="${raw(`padding:40px;background:${light.card};border:1px solid ${light.line};border-radius:16px;overflow-wrap:break-word;word-break:break-word`)}">
<h1 class="ink" style="${raw(`margin:0 0 16px;font-size:26px;line-height:32px;font-weight:600;color:${light.ink}`)}">${heading}</h1>
${lead.map(paragraph)}
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 24px"><tr><td class="fill" bgcolor="${light.accent}" style="${raw(`border-radius:12px;background:${light.accent}`)}"><a class="fill" href="${link}" style="${raw(`display:inline-block;padding:12px 28px;border-radius:12px;font-weight:600;text-decoration:none;color:${light['on-accent']}`)}">${button}</a></td></tr></table>
<div class="soft" style="${raw(`font-size:14px;line-height:21px;color:${light.soft}`)}">
<p style="margin:0 0 4px">${address}</p>
<p style="margin:0;word-break:break-all"><a class="soft" href="${link}" style="${raw(`color:${light.soft}`)}">${link}</a></p>
</div>
</td></tr>
<tr><td class="soft" style="${raw(`padding:20px 8px 0;font-size:14px;line-height:21px;color:${light.soft}`)}">
${notes.map(note)}
</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
  return document.text;
}

const styleOf = (dark: Palette): string =>
  minified(`
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media(max-width:480px){.pad{padding:28px 20px!important}}
@media(prefers-color-scheme:dark){
  .page{background:${dark.page}!important}
  .card{background:${dark.card}!important;border-color:${dark.line}!important}
  .ink{color:${dark.ink}!important}
  .soft{color:${dark.soft}!important}
  .fill{background:${dark.accent}!important;color:${dark['on-accent']}!important}
}
`);
