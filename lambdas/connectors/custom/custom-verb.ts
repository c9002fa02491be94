import { OutcomeUnknownError, RejectedError, RetryableError } from '../connector';
import { NotSentError } from '../transport';
import { type ApiCallDeps, createApiCall } from './api-call';
import type { ConnectorDefinition, System } from './definition';
import { type Time, withinTime } from './within-time';

export interface CustomConnectorDeps<Settings> extends Omit<ApiCallDeps, 'authorize' | 'onEffect'>, Time {
  readonly settings: Settings;
  /** Told of what is a fault of the connector's own, whose message may hold anything. */
  readonly onDefect: (verb: string, error: unknown) => void;
}

/** What a team wrote, and what it works with. */
export interface Own<Settings> {
  readonly definition: ConnectorDefinition<Settings>;
  readonly deps: CustomConnectorDeps<Settings>;
}

/** Does a verb within its time. Whatever is thrown but errors of the port is a defect of what the team wrote. */
export async function customVerb<Settings, Given>(
  { definition, deps }: Own<Settings>,
  verb: string,
  act: (system: System<Settings>) => Promise<Given>,
): Promise<Given> {
  const { settings, onDefect } = deps;
  let hasEffect = false;
  const api = {
    ...deps,
    authorize: (secret: string) => headersOf(definition, secret),
    onEffect: () => {
      hasEffect = true;
    },
  };
  try {
    return await withinTime(deps, (end) => act({ settings, call: createApiCall(api, end) }));
  } catch (error) {
    if (!isExpected(error)) onDefect(verb, error);
    throw hasEffect ? afterEffect(error) : error;
  }
}

// What the system certainly did not do with one call says nothing of what it did with the calls before.
function afterEffect(error: unknown): unknown {
  if (!(error instanceof RetryableError)) return error;
  return new OutcomeUnknownError(error.code, error.retryAfterMs);
}

const EXPECTED = [RetryableError, RejectedError, NotSentError];
const isExpected = (error: unknown) => EXPECTED.some((Expected) => error instanceof Expected);

function headersOf({ authorize = bearer }: Pick<ConnectorDefinition<unknown>, 'authorize'>, secret: string) {
  try {
    return authorize(secret);
  } catch {
    // A secret that an operator did not fill yet, as a rule.
    throw new RetryableError('secret-unavailable');
  }
}

const bearer = (secret: string): Readonly<Record<string, string>> => ({ authorization: `Bearer ${secret}` });
