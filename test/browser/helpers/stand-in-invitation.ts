import { invitationPageHeaders } from '../../../invitation-page/invitation-page-headers';
import type { InvitationView } from '../../../invitation-page/invitation-view';
import { renderInvitationPage } from '../../../invitation-page/render-invitation-page';
import { bodyOf, type LoopbackServer, startLoopbackServer } from '../../helpers/loopback-server';

/** Serves one page of an invitation as its function does, with answers that the test decides on. */
export class StandInInvitation {
  url = '';
  /** What whoever waits is told. */
  standing: 'waiting' | 'ready' | 'down' = 'waiting';
  /** What was sent by the form of the page. */
  readonly sent: URLSearchParams[] = [];
  private server: LoopbackServer | undefined;

  static async start(view: (standIn: StandInInvitation) => InvitationView): Promise<StandInInvitation> {
    const standIn = new StandInInvitation();
    standIn.server = await startLoopbackServer(async (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://pages');
      if (request.method === 'POST') standIn.sent.push(new URLSearchParams(await bodyOf(request)));
      if (pathname === '/shop') {
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end('<!doctype html><link rel="icon" href="data:,"><title>Shop</title><h1>The shop</h1>');
      } else if (pathname !== '/progress') {
        response.writeHead(200, { ...invitationPageHeaders(view(standIn)) });
        response.end(renderInvitationPage(view(standIn)));
      } else if (standIn.standing === 'down') response.destroy();
      else response.end(JSON.stringify({ standing: standIn.standing }));
    });
    standIn.url = standIn.server.url;
    return standIn;
  }

  close = async (): Promise<void> => this.server?.close();
}
