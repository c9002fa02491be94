import { urlEncode } from './url-encode';

/** The functions of `$util` that we know. */
export const UTIL: Readonly<Record<string, (text: string) => string>> = {
  urlEncode: (text) => urlEncode(String(text)),
  escapeJavaScript: (text) => escapeJavaScript(String(text)),
};

/** As Apache's StringEscapeUtils: a single quote becomes `\'`, which is not valid JSON, on AWS as well. */
function escapeJavaScript(text: string): string {
  return text.replace(/[\\'"/\b\f\n\r\t]|[^\x20-\x7e]/g, escapeCharacter);
}

const SHORT: Record<string, string> = { '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeCharacter(character: string): string {
  if (/[\\'"/]/.test(character)) return `\\${character}`;
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return SHORT[character] ?? `\\u${code}`;
}
