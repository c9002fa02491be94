/** Loading them takes longer than most commands take. */
export const schemas = () =>
  require('../../events/invitations/schemas') as typeof import('../../events/invitations/schemas');
