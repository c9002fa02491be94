import { bodyOf, startLoopbackServer } from '../../helpers/loopback-server';

/** The server that docs/adding-a-system.md makes a connector for. */
export interface MemberServer {
  /** Its base URL. Below `<url>/<status>` it answers everything with that status. */
  readonly url: string;
  close(): Promise<void>;
}

interface Member {
  readonly id: string;
  readonly externalId: string;
}

export function startMemberServer(): Promise<MemberServer> {
  const members: Member[] = [];
  return startLoopbackServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://members');
    const [, forced] = /^\/(\d{3})\//.exec(pathname) ?? [];
    const body = await bodyOf(request);
    const [, id] = /^\/members\/(.+)$/.exec(pathname) ?? [];
    const known = id === undefined ? undefined : answerOf(members, request.method, id, body);
    const answer = known ?? answerTo(members, searchParams, body);
    const status = forced === undefined ? answer.status : Number(forced);
    response.writeHead(status, { 'retry-after': '7' }).end(JSON.stringify(answer.body ?? {}));
  });
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** `/members/{id}`. */
function answerOf(members: Member[], method: string | undefined, id: string, body: string): Answer {
  const index = members.findIndex((member) => member.id === id);
  const member = members[index];
  if (member === undefined) return { status: 404 };
  if (method === 'DELETE') {
    members.splice(index, 1);
    return { status: 204 };
  }
  members[index] = { ...member, ...(method === 'PATCH' ? JSON.parse(body) : {}) };
  return { status: 200, body: members[index] };
}

function answerTo(members: Member[], query: URLSearchParams, body: string): Answer {
  const withId = (externalId: string | null) => members.filter((member) => member.externalId === externalId);
  if (body === '') return { status: 200, body: withId(query.get('externalId')) };
  const { externalId, ...shown } = JSON.parse(body) as Member;
  if (withId(externalId).length > 0) return { status: 409 };
  const member = { ...shown, id: `member-${members.length}`, externalId };
  members.push(member);
  return { status: 201, body: member };
}
