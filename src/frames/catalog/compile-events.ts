import type { Codec } from '../../codec/create-codec.ts';
import type { ObjectForm } from '../../codec/object-form.ts';
import { SettingsError, type SettingsProblem } from '../../settings/settings-error.ts';
import type { Catalog, FrameType } from './catalog.ts';
import { catalogOrigins } from './catalog-origin.ts';
import type { Condition } from './compile-condition.ts';
import { type CompiledMapping, compileMapping } from './compile-mapping.ts';
import type { CatalogEvent, EventBuilder } from './event-builder.ts';
import { eventForms, type MappingForm } from './event-forms.ts';
import { eventScope } from './event-scope.ts';
import { FrameSource } from './frame-source.ts';
import { type EventPlan, eventPlan, MadeEvent } from './made-event.ts';

/**
 * Make what turns decoded frames into the events of a catalog: every field is looked up and every condition checked here, and never again.
 *
 * Throws a SettingsError with everything that is wrong with them, and what a copybook of a type with events throws.
 */
export function compileEvents(catalog: Catalog): EventBuilder {
  const { source } = catalogOrigins.get(catalog) ?? {};
  if (source === undefined) throw new TypeError('not a catalog that loadCatalog gave');
  const problems: SettingsProblem[] = [];
  const mappings: MappingForm[] = [];
  const compiled = new Map<FrameType, readonly CompiledMapping[]>();
  for (const type of catalog.types) {
    if (type.events.length === 0) continue;
    const scope = eventScope(type, catalog);
    const own: CompiledMapping[] = [];
    for (const [index, mapping] of type.events.entries()) {
      const found = compileMapping(mapping, index, scope, source);
      if ('event' in found) {
        own.push(found);
        mappings.push({ type, index, form: found.form });
      } else problems.push(...found);
    }
    compiled.set(type, own);
  }
  const { forms, problems: misfits } = eventForms(mappings, source);
  if (problems.length + misfits.length > 0)
    throw new SettingsError([...problems, ...misfits.map(({ problem }) => problem)]);
  return builder(catalog, compiled, forms);
}

/** What is to be done with frames of one type. */
interface TypePlan {
  readonly codec: Codec;
  /** `null` when its frames come alone. */
  readonly pair: { readonly type: FrameType; readonly codec: Codec } | null;
  readonly mappings: readonly PlannedMapping[];
}

interface PlannedMapping extends EventPlan {
  readonly conditions: readonly Condition[];
  /** The mapping is one of the response's type. */
  readonly turned: boolean;
}

function builder(
  catalog: Catalog,
  compiled: ReadonlyMap<FrameType, readonly CompiledMapping[]>,
  forms: readonly ObjectForm[],
): EventBuilder {
  const formNamed = new Map(forms.map((form) => [form.name, form]));
  const planned = (mapping: CompiledMapping, turned: boolean): PlannedMapping => {
    const { event, conditions, members } = mapping;
    const form = formNamed.get(event);
    return { ...eventPlan(event, members, form?.members.map(({ name }) => name) ?? []), conditions, turned };
  };
  const plans = catalog.types.map((type): TypePlan | null => {
    const partner = type.pairsWith === null ? undefined : catalog.typeNamed(type.pairsWith);
    if (type.role === 'response' && partner !== undefined) return null; // belongs to the request
    const own = compiled.get(type) ?? [];
    const others = partner === undefined ? [] : (compiled.get(partner) ?? []);
    if (own.length + others.length === 0) return null;
    const mappings = [
      ...own.map((mapping) => planned(mapping, false)),
      ...others.map((mapping) => planned(mapping, true)),
    ];
    const pair = partner === undefined ? null : { type: partner, codec: partner.codec() };
    return { codec: type.codec(), pair, mappings };
  });
  const first = new FrameSource();
  const second = new FrameSource();

  return {
    names: forms.map(({ name }) => name),
    forms,
    build(frame, response) {
      const plan = frame.type === null ? null : (plans[frame.type.index] ?? null);
      if (plan === null) return noEvents;
      const { pair, codec, mappings } = plan;
      if (pair !== null) {
        if (response?.type !== pair.type) return noEvents;
        second.move(response, pair.codec);
      } else if (response !== null) return noEvents;
      first.move(frame, codec);
      let events: CatalogEvent[] | null = null;
      let index = -1;
      for (const mapping of mappings) {
        index += 1;
        const own = mapping.turned ? second : first;
        const other = mapping.turned ? first : second;
        if (!allHold(mapping.conditions, own, other)) continue;
        events ??= [];
        events.push(new MadeEvent(mapping, frame, first, index, own, other));
      }
      return events ?? noEvents;
    },
  };
}

const noEvents: readonly CatalogEvent[] = [];

function allHold(conditions: readonly Condition[], own: FrameSource, pair: FrameSource): boolean {
  for (const holds of conditions) if (!holds(own, pair)) return false;
  return true;
}
