import type { StatusSnapshot, SystemStanding } from '../../../events/status-snapshot';
import type { WaitingView } from '../../../status-page/status-view';

export const aSystem = (given: Partial<SystemStanding> = {}): SystemStanding => ({
  name: 'crm',
  label: 'CRM',
  required: true,
  standing: 'waiting',
  ...given,
});

export const aSnapshot = (given: Partial<StatusSnapshot> = {}): StatusSnapshot => ({
  systems: [aSystem(), aSystem({ name: 'tickets', label: 'Tickets', standing: 'ready' })],
  deadlineAt: 1_700_000_008_000,
  now: 1_700_000_000_000,
  returnToken: 'return.token.1',
  ticket: 'ticket.1',
  ...given,
});

export const aView = (given: Partial<WaitingView> = {}): WaitingView => ({
  kind: 'waiting',
  snapshot: aSnapshot(),
  continueUrl: 'https://login.acme.com/continue?state=st%26te',
  app: 'https://app.acme.com',
  sessionToken: 'status.token.1',
  state: 'st&te',
  socketUrl: 'wss://socket.example.com/live',
  snapshotUrl: 'https://status.example.com/snapshot',
  language: 'en',
  brand: {},
  onFailed: 'continue',
  refreshSeconds: 2,
  ...given,
});
