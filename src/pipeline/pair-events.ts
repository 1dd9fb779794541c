import { OverpunchError } from '../errors.ts';
import type { Catalog, FrameType } from '../frames/catalog/catalog.ts';
import type { CatalogEvent, EventBuilder } from '../frames/catalog/event-builder.ts';
import type { DecodedPair } from '../streams/decode-frames.ts';
import type { DecodedFrame } from './frame-decoder.ts';

/** A pair with the events that were made of it. */
export interface PairWithEvents extends DecodedPair<DecodedFrame> {
  readonly events: readonly CatalogEvent[];
}

const none: readonly CatalogEvent[] = [];

/** Make the events of a pair; none when one of its frames does not decode. */
export function withEvents(pair: DecodedPair<DecodedFrame>, builder: EventBuilder): PairWithEvents {
  const request = pair.request.forEvents;
  const response = pair.response.forEvents;
  const events = request === null || response === null ? none : [...builder.build(request, response)];
  return { ...pair, events };
}

/** The types that events are made from, alone or as a part of pairs. */
export function typesWithEvents({ types, typeNamed }: Catalog): ReadonlySet<FrameType> {
  const found = types.filter(({ events }) => events.length > 0);
  const partners = found.flatMap(({ pairsWith }) => (pairsWith === null ? [] : (typeNamed(pairsWith) ?? [])));
  return new Set([...found, ...partners]);
}

/** Refuse events whose topic is one that every flow writes. Throws CATALOG_FIELD. */
export function checkEventNames(names: readonly string[], topics: readonly string[], file: string): void {
  const taken = names.find((name) => name !== 'notices' && topics.includes(name));
  if (taken === undefined) return;
  throw new OverpunchError(
    'CATALOG_FIELD',
    `${file}: an event cannot be named ${taken}, which is the topic of something else`,
    {
      hint: 'give the event another name',
      exitStatus: 3,
    },
  );
}
