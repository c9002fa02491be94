/** One address and nothing else: no list, no name, no second header, and nothing that SES would not take. */
const ONE_ADDRESS = /^[^\s,;:<>"()[\]\\@\p{C}]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$/u;

export const isOneAddress = (text: string): boolean => text.length <= 254 && ONE_ADDRESS.test(text);

/**
 * A configured sender, `Acme <hello@acme.com>` or an address, as a header has it: a name that is ASCII in quotes, any
 * other as an encoded word (RFC 2047). Throws where it could be more than one address.
 */
export function headerAddress(sender: string): string {
  const [, name = '', bracketed] = /^([^<>]*)<([^<>]*)>$/.exec(sender) ?? [];
  const address = (bracketed ?? sender).trim();
  if (!isOneAddress(address)) throw new Error('The sender of mails is not one address.');
  const text = name.trim().replace(/[\p{C}"\\]/gu, '');
  return text === '' ? address : `${asWord(text)} <${address}>`;
}

/** An encoded word may have 75 characters. Longer names become several, each of whole characters. */
const MOST_BYTES = 45;

function asWord(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return `"${text}"`;
  const words = [''];
  for (const character of text) {
    const last = words.length - 1;
    const longer = `${words[last]}${character}`;
    if (Buffer.byteLength(longer) <= MOST_BYTES) words[last] = longer;
    else words.push(character);
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
}
