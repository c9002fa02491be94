import { readJsonPath } from './json-path';

type Params = Readonly<Record<string, string>>;

/** A request's parameters as `$input.params()` shows them: header names in the client's casing. */
export interface InputParams {
  readonly path: Params;
  readonly querystring: Params;
  readonly header: Params;
}

export interface Input {
  readonly body: string;
  params(name?: string): InputParams | string;
  path(path: string): unknown;
  json(path: string): string;
}

/** `$input` of one request or, with the backend's answer as body, of one response. */
export function createInput(body: string, params: InputParams): Input {
  let parsed: { value: unknown } | undefined;
  const read = (path: string) => {
    parsed ??= { value: body === '' ? {} : JSON.parse(body) };
    return readJsonPath(parsed.value, path);
  };
  return {
    body,
    params: (name) => (name === undefined ? params : findParam(params, name)),
    // A path that leads nowhere prints as nothing.
    path: (path) => read(path) ?? '',
    json: (path) => JSON.stringify(read(path) ?? ''),
  };
}

function findParam({ path, querystring, header }: InputParams, name: string): string {
  return [path, querystring, header].find((map) => Object.hasOwn(map, name))?.[name] ?? '';
}
