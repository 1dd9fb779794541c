import type { CatalogEvent, EventFrame, EventValue } from './event-builder.ts';
import type { EventPlan } from './event-line.ts';
import { foundValue } from './found-value.ts';
import type { FrameSource } from './frame-source.ts';

/** Let the sources of fields stand at the frames of an event again: at the one whose type has its mapping, and at the other. */
export type GoBack = () => { readonly own: FrameSource; readonly pair: FrameSource };

/** An event made from frames. Its object is made when it is asked for: most events go on as JSON alone. */
export class MadeEvent implements CatalogEvent {
  readonly json: string;
  readonly #plan: EventPlan;
  readonly #frame: EventFrame;
  readonly #goBack: GoBack;
  #value: Record<string, EventValue> | null = null;

  /** The event is named after `frame`. */
  constructor(plan: EventPlan, frame: EventFrame, json: string, goBack: GoBack) {
    this.json = json;
    this.#plan = plan;
    this.#frame = frame;
    this.#goBack = goBack;
  }

  get event(): string {
    return this.#plan.event;
  }

  get id(): string {
    const { sequence, time } = this.#frame;
    return `${this.#plan.idStart}${this.key}:${sequence ?? ''}:${time ?? ''}${this.#plan.idEnd}`;
  }

  get key(): string {
    return String(this.#frame.key ?? '');
  }

  get time(): number | null {
    return this.#frame.time;
  }

  get value(): Readonly<Record<string, EventValue>> {
    if (this.#value !== null) return this.#value;
    const value: Record<string, EventValue> = Object.create(null);
    const { members, lacking } = this.#plan;
    const { own, pair } = this.#goBack();
    value['id'] = this.id;
    for (const { name, field, side } of members) value[name] = foundValue(field.find(side === 'own' ? own : pair));
    for (const name of lacking) value[name] = null;
    this.#value = value;
    return value;
  }
}
