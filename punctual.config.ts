import { defineConfiguration } from './lib/configuration';

/** The one file to edit. Every setting and its default: docs/configuration.md. */
export const configuration = defineConfiguration({
  environments: {
    dev: {
      tenant: 'punctual-dev.eu.auth0.com',
      ephemeral: true,
      // Who works on the local run; there is no such account.
      publishers: ['arn:aws:iam::000000000000:role/operator'],
      alarms: { email: 'on-call@example.com' },
      provisioningApi: { management: true, selfService: ['user_metadata.theme', 'user_metadata.nickname'] },
      invitations: {
        from: 'Punctual <hello@example.com>',
        client: 'invitation-pages',
        applications: {
          shop: { clientId: 'shop', loginUri: 'https://shop.example.com/login', label: 'Acme Shop' },
        },
        roles: { editor: 'rol_editor' },
        // Who comes by Google has an address that Google vouches for, and can accept what brings a role.
        trustVerifiedEmailFrom: { strategies: ['auth0', 'google-oauth2'] },
      },
    },
    prod: {
      tenant: 'punctual.eu.auth0.com',
      alarms: { email: 'on-call@example.com' },
    },
  },
  emit: { attributes: ['app_metadata.invitation.funnelId'] },
  systems: {
    profile: { kind: 'profile', attributes: ['email', 'email_verified', 'username'] },
    video: { kind: 'profile', attributes: ['username'], defaults: { preferredCategories: [] } },
    crm: {
      kind: 'scim',
      baseUrl: 'https://crm.example.com/scim/v2',
      // Where somebody came from, of whom an invitation says it.
      mapping: { nickName: { from: ['app_metadata.invitation.funnelId'] } },
    },
    // Gives people what an invitation brings. Whoever has none has nothing there.
    auth0: { kind: 'auth0', label: 'Your access' },
    tickets: { kind: 'scim', baseUrl: 'https://tickets.example.com/scim/v2', required: true },
  },
});
