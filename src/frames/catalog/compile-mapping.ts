import type { ObjectForm } from '../../codec/object-form.ts';
import type { SettingsProblem } from '../../settings/settings-error.ts';
import type { EventMapping } from './catalog.ts';
import type { CatalogSource } from './catalog-source.ts';
import { type Condition, compileCondition } from './compile-condition.ts';
import type { EventScope, ScopedField } from './event-scope.ts';
import { fieldProblem, isProblem } from './find-field.ts';

/** An event mapping whose fields were found and whose conditions were checked. */
export interface CompiledMapping {
  readonly event: string;
  readonly members: readonly EventMember[];
  readonly conditions: readonly Condition[];
  /** What all its events have in common, without the `id`. */
  readonly form: ObjectForm;
}

/** A member of an event and where it comes from. */
export interface EventMember extends ScopedField {
  readonly name: string;
}

/** Compile the event mapping with this index among those of its type. Returns all that is wrong with it, if anything is. */
export function compileMapping(
  { event, fields, when }: EventMapping,
  index: number,
  scope: EventScope,
  { valuePositionOf, positionOf, membersOf }: CatalogSource,
): CompiledMapping | readonly SettingsProblem[] {
  const path = ['types', scope.type.name, 'events', index];
  const problems: SettingsProblem[] = [];
  const members: EventMember[] = [];
  for (const name of membersOf([...path, 'fields'])) {
    const position = valuePositionOf([...path, 'fields', name]);
    if (name === 'id') {
      const at = positionOf([...path, 'fields', name]);
      problems.push(fieldProblem('every event has an id already', 'another name', at, 'it is made from the frame'));
      continue;
    }
    const found = scope.named(fields[name] ?? '', position);
    if (isProblem(found)) problems.push(found);
    else members.push({ ...found, name });
  }
  const conditions: Condition[] = [];
  for (const [at, text] of when.entries()) {
    const condition = compileCondition(text, scope, valuePositionOf([...path, 'when', at]));
    if (typeof condition === 'function') conditions.push(condition);
    else problems.push(condition);
  }
  if (problems.length > 0) return problems;
  const forms = members.map(({ name, field, side }) => ({
    name,
    form: field.form,
    depth: field.depth,
    nullable: field.nullable,
    title: `${field.name} of ${side === 'own' ? scope.type.name : (scope.pair?.name ?? '')}`,
  }));
  return { event, members, conditions, form: { name: event, members: forms } };
}
