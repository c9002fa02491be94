/** Text in a page. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

const STYLE = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  body { max-width: 24rem; margin: 3rem auto; padding: 0 1rem; }
  body.wide { max-width: 44rem; }
  h1 { font-size: 1.4rem; }
  h2 { font-size: 1.1rem; }
  label { display: block; margin-top: .75rem; }
  input:not([type=checkbox]) { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; }
  button { width: 100%; margin-top: 1rem; padding: .6rem; font: inherit; cursor: pointer; }
  .error { border-left: .25rem solid; padding-left: .75rem; font-weight: 600; }
  .card { border: 1px solid; border-radius: .5rem; padding: .75rem 1rem 1rem; }
  .chip { border: 1px solid; border-radius: 1rem; padding: .1rem .6rem; margin-right: .35rem; }
  pre { overflow: auto; padding: .75rem; border: 1px solid; }
  footer { margin-top: 2rem; font-size: .85rem; }`;

export interface Page {
  readonly title: string;
  /** HTML. */
  readonly body: string;
  readonly isWide?: boolean;
}

/** A whole page, which needs no script. */
export function renderPage({ title, body, isWide = false }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body${isWide ? ' class="wide"' : ''}>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: string;
  readonly value?: string | undefined;
  readonly autocomplete?: string;
  readonly required?: boolean;
  /** What one may pick. */
  readonly choices?: readonly string[];
}

export function renderField(field: Field): string {
  const { name, label, type = 'text', value, autocomplete = 'off', required, choices = [] } = field;
  const given = value === undefined ? '' : ` value="${escapeHtml(value)}"`;
  const list = choices.length === 0 ? '' : ` list="${name}-choices"`;
  const options = choices.map((choice) => `<option value="${escapeHtml(choice)}"></option>`).join('');
  return `<label for="${name}">${escapeHtml(label)}</label>
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}"${given}${list}${required ? ' required' : ''}>
${list && `<datalist id="${name}-choices">${options}</datalist>`}`;
}

export function renderError(words: string | undefined): string {
  return words === undefined ? '' : `<p class="error" role="alert">${escapeHtml(words)}</p>`;
}
