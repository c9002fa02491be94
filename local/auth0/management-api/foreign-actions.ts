import type { Tenant } from './tenant';

/** Actions that somebody else made: in a real tenant ours are seldom alone, and none of these may ever change. */
const FOREIGN = [
  {
    name: 'Verify company domain',
    trigger: 'pre-user-registration',
    handler: 'onExecutePreUserRegistration',
  },
  { name: 'Greet by mail', trigger: 'post-user-registration', handler: 'onExecutePostUserRegistration' },
  {
    name: 'Count registrations',
    trigger: 'post-user-registration',
    handler: 'onExecutePostUserRegistration',
  },
  { name: 'Add roles to tokens', trigger: 'post-login', handler: 'onExecutePostLogin' },
] as const;

/** Another team's stream of the same users. */
const FOREIGN_STREAM = {
  name: 'warehouse',
  subscriptions: [{ event_type: 'user.created' as const }],
  destination: {
    type: 'webhook' as const,
    configuration: {
      webhook_endpoint: 'https://warehouse.example.com/users',
      webhook_authorization: { method: 'bearer' as const, token: 'secret of warehouse' },
    },
  },
};

/** Makes a tenant as one finds it: with Actions of its own, deployed and bound, and a stream. */
export function addForeignActions(tenant: Tenant): void {
  tenant.streams.create(FOREIGN_STREAM);
  for (const { name, trigger, handler } of FOREIGN) {
    const code = `exports.${handler} = async () => {};\n`;
    const secrets = [{ name: 'TOKEN', value: `secret of ${name}` }];
    const { id } = tenant.create({ name, code, secrets, supported_triggers: [{ id: trigger }] });
    deploy(tenant, id);
    const others = tenant.bindingsOf(trigger).map(keep);
    tenant.bind(trigger, [...others, { ref: { type: 'action_id', value: id }, display_name: name }]);
  }
}

function keep({ id, displayName }: { readonly id: string; readonly displayName: string }) {
  return { ref: { type: 'binding_id' as const, value: id }, display_name: displayName };
}

function deploy(tenant: Tenant, id: string): void {
  while (tenant.look(id).status !== 'built');
  tenant.deploy(id);
  tenant.look(id);
}
