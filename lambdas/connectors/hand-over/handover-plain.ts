/** The places of a message to a system that hold no word of a user, where the message is the part `under` of what is sent. */
export function handoverPlain(under = ''): string[] {
  return [
    ...['specversion', 'id', 'source', 'type', 'time', 'datacontenttype'].map((name) => `${under}/${name}`),
    ...['system', 'wanted', 'version', 'sequence'].map((name) => `${under}/data/${name}`),
  ];
}
