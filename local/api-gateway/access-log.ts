import { ACCESS_LOG_PATHS, readContext } from './request-context';

/** Name of the log that it is. */
export const ACCESS_LOG = 'api-access';

const VARIABLE = /\$context\.([A-Za-z.]*[A-Za-z])/g;

/** Refuses a format that names what we do not know, before the first request. */
export function checkAccessLogFormat(format: string, paths: ReadonlySet<string> = ACCESS_LOG_PATHS): void {
  for (const [, path = ''] of format.matchAll(VARIABLE)) {
    if (!paths.has(path)) throw new Error(`$context.${path} is not supported in an access log`);
  }
  const rest = format.replace(VARIABLE, '');
  if (rest.includes('$')) throw new Error('Only $context variables are supported in an access log');
}

/** One line of the access log of `$context`; what has no value is a dash. */
export function formatAccessLog(format: string, context: object): string {
  return format.replace(VARIABLE, (_, path: string) => {
    const value = String(readContext(context, path) ?? '-');
    // API Gateway puts this one into quotes itself.
    return path === 'error.messageString' ? value : jsonText(value);
  });
}

/** Keeps a JSON format JSON, whatever a client calls itself. */
function jsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
