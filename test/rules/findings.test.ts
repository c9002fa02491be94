import { type App, Validations } from 'aws-cdk-lib';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from 'cdk-nag';
import { isAt } from '../../lib/validation/accept-findings';
import { ACCEPTED_FINDINGS } from '../../lib/validation/accepted-findings';
import {
  EVERY_KIND,
  INVITATIONS,
  NOTHING_BUNDLED,
  validationReports,
  withApp,
} from '../lib/helpers/synthesize';

interface Finding {
  readonly id: string;
  readonly path: string;
}

const STACK = 'UserProvisioning-test';
const CONFIGURATIONS: readonly (readonly [string, Parameters<typeof withApp>[0]])[] = [
  ['a stack to keep', {}],
  ['a throw-away stack', { ephemeral: true }],
  [
    'a stack with everything set',
    {
      alarms: { topicArn: 'arn:aws:sns:eu-west-1:123456789012:on-call' },
      api: { endpoint: 'edge', quota: { limit: 1000, period: 'DAY' } },
      apiLogRole: 'existing',
      plainInterface: { unsigned: true },
      publishers: ['arn:aws:iam::123456789012:role/redrive'],
      invitations: INVITATIONS,
    },
  ],
];

/** What the packs find whatever has been accepted: they know ids only without the name of their pack. */
function findingsIn(app: App): Finding[] {
  app.synth();
  const packs: [string, NagPack][] = [
    ['AwsSolutions', new AwsSolutionsChecks()],
    ['Serverless', new ServerlessChecks()],
  ];
  return packs.flatMap(([name, pack]) =>
    pack.validateScope(app).violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath = '' }) => ({
        id: `${name}::${ruleName}`,
        path: constructPath,
      })),
    ),
  );
}

/** What is accepted, on which construct. */
function acceptedIn(app: App): Finding[] {
  return app.node
    .findAll()
    .flatMap((construct) =>
      construct.node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) => Object.keys(data).map((id) => ({ id, path: construct.node.path }))),
    );
}

const covers = (accepted: Finding, found: Finding) =>
  accepted.id === found.id && `${found.path}/`.startsWith(`${accepted.path}/`);

const rows = ACCEPTED_FINDINGS.flatMap(({ id, at }) => at.map((path) => [id, path] as const));

const seen = CONFIGURATIONS.map(([name, environment]) =>
  withApp(environment, EVERY_KIND, NOTHING_BUNDLED, (app) => ({
    name,
    found: findingsIn(app),
    accepted: acceptedIn(app),
    met: rows.filter(([, path]) =>
      app.node.findAll().some((one) => isAt(one, path, app.node.findChild(STACK))),
    ),
  })),
);

describe.each(seen)('in $name', ({ found, accepted }) => {
  it('nothing is found that is not accepted', () => {
    expect(found.filter((finding) => !accepted.some((one) => covers(one, finding)))).toEqual([]);
  });

  it('nothing is accepted that is not found', () => {
    expect(accepted.filter((one) => !found.some((finding) => covers(one, finding)))).toEqual([]);
  });
});

it.each(rows)('the row of %s at %s concerns a construct', (...row) => {
  expect(seen.flatMap(({ met }) => met)).toContainEqual(row);
});

it.each(ACCEPTED_FINDINGS)('the reason for $id is a sentence that somebody can judge', ({ reason }) => {
  expect(reason).toMatch(/^[A-Z][^\n]{60,}\.$/);
});

it('cdk-nag, asked as its users ask it, finds nothing, nor do the rules of CloudFormation with it', () => {
  const reports = validationReports({}, (app) =>
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app)),
  ) as { violations: unknown[] }[];
  expect(reports.map(({ violations }) => violations)).toEqual([[], []]);
});

describe('the rules of CloudFormation', () => {
  /** What is found is printed as well. */
  const quietly = (environment: Parameters<typeof withApp>[0], change?: (app: App) => void) => {
    const print = jest.spyOn(console, 'error').mockReturnValue();
    try {
      const reports = validationReports(environment, change) as { violations: { ruleName: string }[] }[];
      return reports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName));
    } finally {
      print.mockRestore();
    }
  };

  it.each(CONFIGURATIONS.slice(1))('have nothing to say against %s', (_, environment) => {
    // Our own warning, which whoever sets it shall see, stands in the same report.
    const ours = environment.plainInterface?.unsigned ? ['Annotation::punctual:unsigned-calls'] : [];
    expect(quietly(environment)).toEqual(ours);
  });

  it('fail a template with a property that no queue has', () => {
    const add = (app: App) => aQueueOf(app).addPropertyOverride('Visibility', 30);
    expect(() => quietly({}, add)).toThrow(/Visibility: Additional properties/);
  });
});

function aQueueOf(app: App): CfnQueue {
  return app.node.findAll().find((construct) => construct instanceof CfnQueue) as CfnQueue;
}
