import type { KindExplained } from '../explain/kind-explained';

/** What can be seen of a message to a webhook without seeing whom it is about. */
export const webhookExplained = (base: string): KindExplained => ({
  base,
  plain: [
    ...['specversion', 'id', 'source', 'type', 'time', 'datacontenttype'].map((name) => `/${name}`),
    ...['system', 'wanted', 'version', 'sequence'].map((name) => `/data/${name}`),
  ],
});
