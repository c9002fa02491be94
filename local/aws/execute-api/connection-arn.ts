import { arn } from '../../resources/arn';

type Input = Record<string, unknown>;

/** The first part of `<id>.execute-api.<region>.amazonaws.com`. */
export function apiIdIn({ Host }: Input): string {
  return String(Host).split('.')[0] ?? '';
}

const METHODS: Readonly<Record<string, string>> = {
  PostToConnection: 'POST',
  GetConnection: 'GET',
  DeleteConnection: 'DELETE',
};

/** What `execute-api:ManageConnections` is asked on. */
export function connectionArn(operation: string, input: Input): string {
  const { Stage, ConnectionId } = input;
  return arn('execute-api', `${apiIdIn(input)}/${Stage}/${METHODS[operation]}/@connections/${ConnectionId}`);
}
