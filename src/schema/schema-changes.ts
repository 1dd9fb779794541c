import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import type { JsonSchema } from './json-schema.ts';

/** A difference between two schemas. */
export interface SchemaChange {
  /** Names down to what changed, joined by `.`; empty for the whole. */
  readonly path: string;
  /** Those who read by the old schema cannot read what is written now, or what was written before does not fit the new schema. */
  readonly breaking: boolean;
  /** What changed, as a sentence about the path. */
  readonly message: string;
}

/**
 * Compare two JSON Schemas of one stream, as this folder writes them.
 *
 * Breaking are: a member that is gone; another type; null where there was none, or none where there was; a new member that is required;
 * a limit or pattern that leaves out what was allowed. Harmless are new members that may be missing, and wider limits.
 */
export function schemaChanges(old: JsonSchema, now: JsonSchema): readonly SchemaChange[] {
  const changes: SchemaChange[] = [];
  compare({ schema: old, root: old }, { schema: now, root: now }, '', changes, 0);
  return changes;
}

/** Refuse a schema that breaks an older one. Throws SCHEMA_BREAKING with every breaking change. */
export function assertCompatible(name: string, old: JsonSchema, now: JsonSchema): void {
  const breaking = schemaChanges(old, now).filter((change) => change.breaking);
  if (breaking.length === 0) return;
  const lines = breaking.map(({ path, message }) => `${path === '' ? 'the whole' : path}: ${message}`);
  throw new OverpunchError('SCHEMA_BREAKING', printable(`${name} would break its schema: ${lines.join('; ')}`), {
    hint: 'add members instead of changing them, or give the stream another name',
    exitStatus: 3,
  });
}

const deepest = 64; // levels of objects and arrays: COBOL has 49, and 7 tables in one another

/** A part of a schema, and the whole in which its references are looked up. */
interface Part {
  readonly schema: JsonSchema;
  readonly root: JsonSchema;
}

function compare(old: Part, now: Part, path: string, changes: SchemaChange[], depth: number): void {
  if (depth > deepest) return;
  const before = resolve(old);
  const after = resolve(now);
  const add = (breaking: boolean, message: string, at = path): void => {
    changes.push({ path: at, breaking, message });
  };
  const choices = [choicesOf(before), choicesOf(after)];
  if (choices[0] !== undefined || choices[1] !== undefined) {
    compareChoices(old, now, path, changes, depth);
    return;
  }
  if (!sameTypes(before.schema, after.schema, add)) return;
  compareLimits(before.schema, after.schema, add);
  const items = [before.schema['items'], after.schema['items']];
  if (isSchema(items[0]) && isSchema(items[1])) {
    compare({ ...before, schema: items[0] }, { ...after, schema: items[1] }, `${path}[]`, changes, depth + 1);
  }
  const [members, others] = [membersOf(before.schema), membersOf(after.schema)];
  const [required, requiredNow] = [requiredOf(before.schema), requiredOf(after.schema)];
  for (const [name, member] of members) {
    const at = path === '' ? name : `${path}.${name}`;
    const other = others.get(name);
    if (other === undefined) {
      add(true, 'is gone', at);
      continue;
    }
    if (required.has(name) && !requiredNow.has(name)) add(true, 'was always there and may be missing', at);
    if (!required.has(name) && requiredNow.has(name)) add(true, 'might be missing and is required', at);
    compare({ ...before, schema: member }, { ...after, schema: other }, at, changes, depth + 1);
  }
  for (const name of others.keys()) {
    if (members.has(name)) continue;
    const isRequired = requiredNow.has(name);
    add(isRequired, isRequired ? 'is new and required' : 'is new', path === '' ? name : `${path}.${name}`);
  }
}

/** Alternatives, told apart by the one value of their `type` member, or by their order. */
function compareChoices(old: Part, now: Part, path: string, changes: SchemaChange[], depth: number): void {
  const [before, after] = [namedChoices(old), namedChoices(now)];
  for (const [name, schema] of before) {
    const at = `${path}(${name})`;
    const other = after.get(name);
    if (other === undefined) changes.push({ path: at, breaking: true, message: 'is gone' });
    else compare({ ...old, schema }, { ...now, schema: other }, at, changes, depth + 1);
  }
  for (const name of after.keys()) {
    if (!before.has(name)) changes.push({ path: `${path}(${name})`, breaking: false, message: 'is new' });
  }
}

function namedChoices(part: Part): ReadonlyMap<string, JsonSchema> {
  const resolved = resolve(part);
  const choices = choicesOf(resolved) ?? [resolved.schema];
  return new Map(
    choices.map((choice, index) => {
      const type = membersOf(choice).get('type')?.['const'];
      const reference = choice['$ref'];
      const name = typeof type === 'string' ? type : typeof reference === 'string' ? reference : String(index + 1);
      return [name.replace(/^.*\//, ''), choice];
    }),
  );
}

function choicesOf({ schema }: Part): readonly JsonSchema[] | undefined {
  const choices = schema['anyOf'];
  return Array.isArray(choices) ? choices.filter(isSchema) : undefined;
}

type Add = (breaking: boolean, message: string) => void;

/** Whether it makes sense to look further. */
function sameTypes(old: JsonSchema, now: JsonSchema, add: Add): boolean {
  const [before, after] = [typesOf(old), typesOf(now)];
  const gained = [...after].filter((type) => !before.has(type));
  const lost = [...before].filter((type) => !after.has(type));
  if (gained.length === 0 && lost.length === 0) {
    if (old['const'] !== now['const']) add(true, `was ${String(old['const'])} and is ${String(now['const'])}`);
    return true;
  }
  if (gained.includes('null')) add(true, 'may be null now');
  if (lost.includes('null')) add(true, 'might be null and may not now');
  const [was, is] = [before, after].map((types) => [...types].filter((type) => type !== 'null').join(' or '));
  if (was !== is) add(true, `was ${was} and is ${is}`);
  return was === is;
}

const limits: readonly (readonly [name: string, upper: boolean])[] = [
  ['maximum', true],
  ['maxLength', true],
  ['maxItems', true],
  ['minimum', false],
  ['minItems', false],
];

function compareLimits(old: JsonSchema, now: JsonSchema, add: Add): void {
  for (const [name, upper] of limits) {
    const none = upper ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    const [before, after] = [old, now].map((schema) => (typeof schema[name] === 'number' ? schema[name] : none));
    if (before === undefined || after === undefined || before === after) continue;
    const isNarrower = upper ? after < before : after > before;
    add(isNarrower, `${name} was ${limitText(before)} and is ${limitText(after)}`);
  }
  if (old['pattern'] !== now['pattern']) {
    add(
      now['pattern'] !== undefined,
      `pattern was ${String(old['pattern'] ?? 'none')} and is ${String(now['pattern'] ?? 'none')}`,
    );
  }
}

function limitText(limit: number): string {
  return Number.isFinite(limit) ? String(limit) : 'none';
}

function typesOf({ type }: JsonSchema): ReadonlySet<string> {
  return new Set((Array.isArray(type) ? type : type === undefined ? [] : [type]).map(String));
}

function requiredOf({ required }: JsonSchema): ReadonlySet<string> {
  return new Set(Array.isArray(required) ? required.map(String) : []);
}

function membersOf({ properties, patternProperties }: JsonSchema): ReadonlyMap<string, JsonSchema> {
  const members = new Map<string, JsonSchema>();
  for (const [group, isPattern] of [
    [properties, false],
    [patternProperties, true],
  ] as const) {
    if (!isSchema(group)) continue;
    for (const [name, schema] of Object.entries(group)) {
      if (isSchema(schema)) members.set(isPattern ? name.replace(/^\^|\$$/g, '') : name, schema);
    }
  }
  return members;
}

/** Follow a reference into the definitions of its own schema. */
function resolve({ schema, root }: Part): Part {
  const reference = schema['$ref'];
  const definitions = root['$defs'];
  if (typeof reference !== 'string' || !isSchema(definitions)) return { schema, root };
  const name = decodeURIComponent(reference.replace(/^#\/\$defs\//, ''))
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
  const found = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  if (!isSchema(found)) return { schema, root };
  return { schema: found, root: isSchema(found['$defs']) ? found : root };
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
