import { jsonText } from '../../codec/json-text.ts';
import type { EventMember } from './compile-mapping.ts';
import type { CatalogEvent, EventFrame, EventValue } from './event-builder.ts';
import { type Found, foundJson, foundValue } from './found-value.ts';
import type { FrameSource } from './frame-source.ts';

/** How events of one mapping are made. */
export interface EventPlan {
  readonly event: string;
  readonly members: readonly PlannedMember[];
  /** Members that other mappings of the event have. */
  readonly lacking: readonly string[];
  /** What stands behind the members. */
  readonly end: string;
}

interface PlannedMember extends EventMember {
  /** `,"NAME":` */
  readonly prefix: string;
  /** Index of an earlier member from the same field, −1 for the first. */
  readonly again: number;
}

/** Plan the events of a mapping, of which each has all the members of the events with its name. */
export function eventPlan(event: string, members: readonly EventMember[], all: readonly string[]): EventPlan {
  const own = new Set(members.map(({ name }) => name));
  const lacking = all.filter((name) => !own.has(name));
  const planned = members.map((member, index) => ({
    ...member,
    prefix: `,${jsonText(member.name)}:`,
    again: members.slice(0, index).findIndex(({ field }) => field === member.field),
  }));
  const end = `${lacking.map((name) => `,${jsonText(name)}:null`).join('')}}`;
  return { event, members: planned, lacking, end };
}

/** An event made from frames. Its object is made when it is asked for: most events go on as JSON alone. */
export class MadeEvent implements CatalogEvent {
  readonly id: string;
  readonly key: string;
  readonly time: number | null;
  readonly json: string;
  readonly #plan: EventPlan;
  readonly #found: readonly Found[];
  #value: Record<string, EventValue> | null = null;

  /** `own` is the frame whose type has the mapping; the event is named after `frame`, which `source` stands at. */
  constructor(
    plan: EventPlan,
    frame: EventFrame,
    source: FrameSource,
    index: number,
    own: FrameSource,
    pair: FrameSource,
  ) {
    const { event, members, end } = plan;
    const { type, sequence, time } = frame;
    const key = String(frame.key ?? '');
    const before = `${event}:${type?.role ?? ''}:`;
    const at = time === source.time ? source.timeText() : String(time ?? ''); // with fractions
    const behind = `:${sequence ?? ''}:${at}:${index}`;
    const keyJson = jsonText(key);
    let json = `{"id":"${before}${keyJson.slice(1, -1)}${behind}"`;
    const found: Found[] = [];
    const texts: string[] = [];
    for (const { prefix, again, field, side } of members) {
      const value = again < 0 ? field.find(side === 'own' ? own : pair) : (found[again] ?? null);
      const text = again < 0 ? foundJson(value) : (texts[again] ?? '');
      found.push(value);
      texts.push(text);
      json += prefix + text;
    }
    this.id = before + key + behind;
    this.key = key;
    this.time = time;
    this.json = json + end;
    this.#plan = plan;
    this.#found = found;
  }

  get event(): string {
    return this.#plan.event;
  }

  get value(): Readonly<Record<string, EventValue>> {
    if (this.#value !== null) return this.#value;
    const value: Record<string, EventValue> = Object.create(null);
    const { members, lacking } = this.#plan;
    value['id'] = this.id;
    for (const [index, { name }] of members.entries()) value[name] = foundValue(this.#found[index] ?? null);
    for (const name of lacking) value[name] = null;
    this.#value = value;
    return value;
  }
}
