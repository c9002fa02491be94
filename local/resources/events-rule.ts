import * as z from 'zod';
import { readProperties, refuseResource, words } from '../api-gateway/read-properties';
import { createScheduleMapping } from '../functions/schedule/schedule-mapping';
import { arn } from './arn';
import type { ResolvedResource, ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  Name: z.string().max(64).optional(),
  Description: words,
  ScheduleExpression: z.string(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z.array(z.strictObject({ Arn: z.string(), Id: z.string() })).min(1),
  Tags: words,
});

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

export const eventsRule: ResourceType = {
  type: 'AWS::Events::Rule',
  support:
    'supported: `rate(…)` on the virtual clock, functions as targets. Approximated: a run that fails is not repeated, one that outlasts its period skips a turn. Refused: `cron(…)`, patterns, inputs, other targets, event buses',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { Name, ScheduleExpression, State, Targets } = readProperties(resource, PROPERTIES);
    const name = Name ?? resource.physicalName;
    const ruleArn = arn('events', `rule/${name}`);
    const periodMs = periodOf(resource, ScheduleExpression);
    for (const { Arn } of Targets) {
      const spec = run.functions.find(Arn) ?? refuseResource(resource, `the target ${Arn} is no function`);
      const takeSeat = () => run.functions.takeSeat(spec.name);
      const mayInvoke = () => run.iam.lambda.mayBeInvokedByRule(spec.arn, ruleArn);
      const mapping = createScheduleMapping({ ruleArn, periodMs }, { clock: run.clock, takeSeat, mayInvoke });
      if (State === 'ENABLED') run.functions.addMapping(mapping);
    }
    return { ref: name, attributes: { Arn: ruleArn } };
  },
};

/** As strict as EventBridge, which wants `1 minute` and `2 minutes`. */
function periodOf(resource: ResolvedResource, expression: string): number {
  const [, count, unit, plural] = /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  if (unit === undefined || (count === '1') === (plural === 's')) {
    return refuseResource(resource, `ScheduleExpression ${expression} is not rate(n minutes|hours|days)`);
  }
  return Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
}
