/**
 * `$util.urlEncode`: encodes as java.net.URLEncoder does, which API Gateway uses. A space becomes `+`, of the
 * marks only `.`, `-`, `*` and `_` stay, half a surrogate pair becomes a question mark.
 */
export function urlEncode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '?'))
    .replace(/[!'()~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
