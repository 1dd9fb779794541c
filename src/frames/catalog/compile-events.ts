import { ByteText } from '../../bytes/byte-text.ts';
import type { Codec } from '../../codec/create-codec.ts';
import type { ObjectForm } from '../../codec/object-form.ts';
import { SettingsError, type SettingsProblem } from '../../settings/settings-error.ts';
import type { Catalog, FrameType } from './catalog.ts';
import { catalogOrigins } from './catalog-origin.ts';
import type { Condition } from './compile-condition.ts';
import { type CompiledMapping, compileMapping } from './compile-mapping.ts';
import type { CatalogEvent, EventBuilder, EventFrame } from './event-builder.ts';
import { eventForms, type MappingForm } from './event-forms.ts';
import { type EventPlan, eventPlan, writeEvent } from './event-line.ts';
import { eventScope } from './event-scope.ts';
import { FrameSource } from './frame-source.ts';
import { type GoBack, MadeEvent } from './made-event.ts';

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
  /** Index of the event's name. */
  readonly number: number;
  readonly conditions: readonly Condition[];
  /** The mapping is one of the response's type. */
  readonly turned: boolean;
}

function builder(
  catalog: Catalog,
  compiled: ReadonlyMap<FrameType, readonly CompiledMapping[]>,
  forms: readonly ObjectForm[],
): EventBuilder {
  const names = forms.map(({ name }) => name);
  const planned = (mapping: CompiledMapping, { role }: FrameType, index: number, turned: boolean): PlannedMapping => {
    const { event, conditions, members } = mapping;
    const number = names.indexOf(event);
    const all = forms[number]?.members.map(({ name }) => name) ?? [];
    return { ...eventPlan(event, members, all, role, index), number, conditions, turned };
  };
  const plans = catalog.types.map((type): TypePlan | null => {
    const partner = type.pairsWith === null ? undefined : catalog.typeNamed(type.pairsWith);
    if (type.role === 'response' && partner !== undefined) return null; // belongs to the request
    const own = compiled.get(type) ?? [];
    const others = partner === undefined ? [] : (compiled.get(partner) ?? []);
    if (own.length + others.length === 0) return null;
    const mappings = [
      ...own.map((mapping, index) => planned(mapping, type, index, false)),
      ...others.map((mapping, index) => planned(mapping, type, own.length + index, true)),
    ];
    const pair = partner === undefined ? null : { type: partner, codec: partner.codec() };
    return { codec: type.codec(), pair, mappings };
  });
  const first = new FrameSource();
  const second = new FrameSource();

  /** Let the sources stand at frames; what is to be done with them, `null`: nothing. */
  const moveTo = (frame: EventFrame, response: EventFrame | null): TypePlan | null => {
    const plan = frame.type === null ? null : (plans[frame.type.index] ?? null);
    if (plan === null) return null;
    const { pair, codec } = plan;
    if (pair !== null) {
      if (response?.type !== pair.type) return null;
      second.move(response, pair.codec);
    } else if (response !== null) return null;
    first.move(frame, codec);
    return plan;
  };
  const write: EventBuilder['write'] = (frame, response, lines) => {
    const plan = moveTo(frame, response);
    if (plan === null) return 0;
    let written = 0;
    for (const mapping of plan.mappings) {
      const { conditions, number, turned } = mapping;
      const own = turned ? second : first;
      const other = turned ? first : second;
      if (!allHold(conditions, own, other)) continue;
      const out = lines.line(number);
      if (out !== null) writeEvent(mapping, frame, own, other, out);
      lines.end(number);
      written++;
    }
    return written;
  };
  const line = new ByteText();

  return {
    names,
    forms,
    write,
    build(frame, response) {
      const plan = moveTo(frame, response);
      if (plan === null) return noEvents;
      let events: CatalogEvent[] | null = null;
      for (const mapping of plan.mappings) {
        const { conditions, turned } = mapping;
        const own = turned ? second : first;
        const pair = turned ? first : second;
        if (!allHold(conditions, own, pair)) continue;
        line.clear();
        writeEvent(mapping, frame, own, pair, line);
        const goBack: GoBack = () => {
          moveTo(frame, response);
          return { own, pair };
        };
        events ??= [];
        events.push(new MadeEvent(mapping, frame, line.buffer.toString('utf8', 0, line.length), goBack));
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
