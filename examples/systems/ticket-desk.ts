import * as z from 'zod/mini';
import { defineConnector, type SettingsOf, type System, type SystemAccount } from '#punctual';

/** What the desk says of an agent. Anything else is no agent, and then nothing is believed of the answer. */
const agent = z.object({
  id: z.string(),
  reference: z.nullable(z.string()),
  suspended: z.boolean(),
  profile: z.record(z.string(), z.unknown()),
});
const page = z.object({ agents: z.array(agent), total: z.number() });

const desk = defineConnector({
  settings: z.strictObject({ team: z.string() }),

  authorize: (key) => ({ 'x-api-key': key }),

  // What the desk compares without case.
  ignoresCaseOf: ['email'],

  plain: ['/suspended', '/team'],
  plainNames: ['agents'],

  find: (system, externalId) => agentsBy(system, 'reference', externalId),

  match: (system, attribute, value) => agentsBy(system, attribute, value),

  async read({ call }, id) {
    const answer = await call({ method: 'GET', path: ['agents', id], allow: [404] });
    return answer.status === 404 ? undefined : accountOf(answer.as(agent));
  },

  async create({ call, settings }, { externalId, attributes }) {
    const json = { reference: externalId, team: settings.team, suspended: false, profile: attributes };
    const answer = await call({ method: 'POST', path: ['agents'], json, allow: [409] });
    // An answer without an id is as good: the agent is looked for until the desk shows it.
    return answer.status === 409 ? 'exists' : { id: answer.maybe(agent)?.id };
  },

  async update({ call }, id, { externalId, active, attributes }) {
    const json = {
      ...(externalId === undefined ? {} : { reference: externalId }),
      ...(active === undefined ? {} : { suspended: !active }),
      profile: attributes,
    };
    const { status } = await call({ method: 'PATCH', path: ['agents', id], json, allow: [404, 409] });
    if (status === 404) return 'gone';
    return status === 409 ? 'exists' : 'changed';
  },

  async remove({ call }, id) {
    const { status } = await call({ method: 'DELETE', path: ['agents', id], allow: [404] });
    return status === 404 ? 'gone' : 'removed';
  },
});

export default desk;

export type TicketDeskSettings = SettingsOf<typeof desk>;

async function agentsBy({ call }: System<unknown>, name: string, value: string) {
  const answer = await call({ method: 'GET', path: ['agents'], query: { [name]: value } });
  const { agents, total } = answer.as(page);
  return { accounts: agents.map(accountOf), more: total > agents.length };
}

function accountOf({ id, reference, suspended, profile }: z.output<typeof agent>): SystemAccount {
  return { id, externalId: reference, active: !suspended, attributes: profile };
}
