import { demoApplication } from '../../../local/auth0/tenant/create-tenant-front';
import { invitationApplications } from '../../../local/auth0/tenant/invitation-applications';

const DEMO = demoApplication('http://127.0.0.1:9');
const PLACES = { demo: DEMO, pageUrl: 'http://127.0.0.1:8/', secret: 's3cret' };

test('the pages of invitations are an application with a secret, and the demo is each one that people land in', () => {
  const functions = [
    { environment: { INVITATION_CLIENT_ID: 'pages' } },
    {
      environment: {
        PRECREATION: JSON.stringify({ clientIds: { shop: 'demo', desk: 'desk-1', till: 'desk-1' } }),
      },
    },
  ];
  const [pages, desk, ...others] = invitationApplications(functions, PLACES);
  expect(pages).toMatchObject({
    ...{ client_id: 'pages', secret: 's3cret', callbacks: ['http://127.0.0.1:8/callback'] },
  });
  expect(desk).toEqual({ ...DEMO, client_id: 'desk-1' });
  expect(others).toEqual([]);
});

test('a stack without invitations has none', () => {
  expect(invitationApplications([{ environment: {} }], { ...PLACES, pageUrl: undefined })).toEqual([]);
});
