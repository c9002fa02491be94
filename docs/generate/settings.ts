import type * as z from 'zod';

type Schema = z.core.$ZodType & { readonly description?: string | undefined };
type Definition = z.core.$ZodTypes['_zod']['def'];

/** A setting of punctual.config.ts, or a section of settings. */
export interface Setting {
  /** Such as `environments.<name>.api.throttle.burst`. */
  readonly path: string;
  /** The words with which synth refuses everything else. */
  readonly allowed: string;
  /** JSON, or `undefined` when there is none. */
  readonly byDefault: string | undefined;
  readonly isRequired: boolean;
  readonly meaning: string;
}

/** Every setting below `schema`, in the order in which it is written down. */
export function settingsOf(schema: Schema, path = ''): Setting[] {
  const { inner, ...traits } = unwrap(schema);
  const here = { path, allowed: allowedBy(inner), ...traits };
  const below = childrenOf(inner, path).flatMap(([childPath, child]) => settingsOf(child, childPath));
  return path === '' ? below : [here, ...below];
}

type Traits = Pick<Setting, 'byDefault' | 'isRequired' | 'meaning'> & { readonly inner: Schema };

// A description may be on the schema itself or on what makes it optional or gives it a default.
function unwrap(schema: Schema): Traits {
  const definition = definitionOf(schema);
  const meaning = schema.description ?? '';
  if (!('innerType' in definition)) return { inner: schema, meaning, isRequired: true, byDefault: undefined };
  const inside = unwrap(definition.innerType as Schema);
  const byDefault =
    definition.type === 'default' ? JSON.stringify(definition.defaultValue) : inside.byDefault;
  return { inner: inside.inner, meaning: meaning || inside.meaning, isRequired: false, byDefault };
}

function childrenOf(schema: Schema, path: string): [string, Schema][] {
  const definition = definitionOf(schema);
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  if (definition.type === 'object') {
    return Object.entries(definition.shape).map(([name, child]) => [below(name), child as Schema]);
  }
  if (definition.type === 'union') return definition.options.flatMap((option) => childrenOf(option, path));
  if (definition.type === 'array') {
    const member = unwrap(definition.element as Schema).inner;
    return isLeaf(member) ? [] : childrenOf(member, `${path}[]`);
  }
  const holdsObjects = definition.type === 'record' && !isLeaf(definition.valueType as Schema);
  return holdsObjects ? [[below('<name>'), definition.valueType as Schema]] : [];
}

function isLeaf(schema: Schema): boolean {
  return !['object', 'union'].includes(definitionOf(unwrap(schema).inner).type) || isJson(schema);
}

// z.json() is a union too, of everything.
function isJson(schema: Schema): boolean {
  return definitionOf(schema).type === 'lazy';
}

function allowedBy(schema: Schema): string {
  const definition = definitionOf(schema);
  if (definition.type === 'literal') return definition.values.map(String).join(', ');
  if (definition.type === 'record') return `${wordsOf(schema)}. Each name: ${wordsOf(definition.keyType)}`;
  return wordsOf(schema);
}

function wordsOf(schema: Schema): string {
  const refused = (schema as z.ZodType).safeParse(Symbol('nothing that anybody would write'));
  return refused.success ? '' : (refused.error.issues[0]?.message ?? '');
}

function definitionOf(schema: Schema): Definition {
  return schema._zod.def as Definition;
}
