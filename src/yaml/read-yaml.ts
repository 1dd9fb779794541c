import {
  EVENT_ALIAS,
  EVENT_MAPPING,
  EVENT_POP,
  EVENT_SCALAR,
  EVENT_SEQUENCE,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  YAMLException,
} from 'js-yaml';
import type { YamlEntry, YamlNode } from './yaml-node.ts';

const maximumAliases = 100;
const maximumDepth = 32;
const maximumNodes = 500_000; // with what aliases repeat

/** What a YAML text holds, or what is wrong with it and where. */
export interface YamlReading {
  /** `null` when the text is empty, or wrong. */
  readonly root: YamlNode | null;
  readonly mistake: YamlMistake | null;
}

/** Something in a text that is not the YAML it should be. */
export interface YamlMistake {
  /** In UTF-16 units. */
  readonly offset: number;
  readonly message: string;
}

/**
 * Read one YAML document with every scalar as the text it is, whatever its tag.
 *
 * A second document, duplicate keys, more than 100 aliases, what nests deeper than 32 and keys that are no plain text are mistakes.
 */
export function readYaml(text: string): YamlReading {
  try {
    const events = parseEvents(text, { maxDepth: maximumDepth });
    return { root: new Builder(text, events).document(), mistake: null };
  } catch (error) {
    if (error instanceof Mistake) return { root: null, mistake: { offset: error.offset, message: error.message } };
    if (!(error instanceof YAMLException)) throw error;
    return { root: null, mistake: { offset: error.mark?.position ?? 0, message: error.reason } };
  }
}

class Mistake extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** Turns the events of the parser, which closes what it opens, into nodes. */
class Builder {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #anchors = new Map<string, { readonly node: YamlNode; readonly nodes: number }>();
  #at = 0;
  #aliases = 0;
  #nodes = 0;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  document(): YamlNode | null {
    if (this.#next() === undefined) return null;
    const event = this.#next();
    if (event === undefined || event.type === EVENT_POP) return null;
    const root = this.#node(event, 0);
    this.#next(); // the document's end
    if (this.#next() !== undefined) throw new Mistake(this.#text.length, 'there is a second document');
    return root;
  }

  #next(): Event | undefined {
    return this.#events[this.#at++];
  }

  /** The node an event starts; an empty one stands at `fallback`, its key. */
  #node(event: Event, fallback: number): YamlNode {
    const before = this.#nodes;
    this.#count(1, fallback);
    switch (event.type) {
      case EVENT_SCALAR: {
        const offset = event.valueStart < 0 ? fallback : event.valueStart - (isQuoted(event) ? 1 : 0);
        return this.#named(event, { kind: 'scalar', offset, value: getScalarValue(this.#text, event) }, before);
      }
      case EVENT_ALIAS:
        return this.#alias(this.#text.slice(event.anchorStart, event.anchorEnd), event.anchorStart - 1);
      case EVENT_SEQUENCE: {
        const items: YamlNode[] = [];
        for (let item = this.#next(); item !== undefined && item.type !== EVENT_POP; item = this.#next()) {
          items.push(this.#node(item, event.start));
        }
        return this.#named(event, { kind: 'list', offset: event.start, items }, before);
      }
      case EVENT_MAPPING:
        return this.#named(event, { kind: 'map', offset: event.start, entries: this.#entries(event.start) }, before);
      default:
        throw new Mistake(fallback, 'it is no value');
    }
  }

  #entries(start: number): readonly YamlEntry[] {
    const entries: YamlEntry[] = [];
    const names = new Set<string>();
    for (let event = this.#next(); event !== undefined && event.type !== EVENT_POP; event = this.#next()) {
      const place = entries.at(-1)?.keyOffset ?? start;
      if (event.type !== EVENT_SCALAR)
        throw new Mistake('start' in event ? event.start : place, 'a key is a plain text');
      const { offset: keyOffset, value: key } = this.#node(event, place) as YamlNode & { kind: 'scalar' };
      if (names.has(key)) throw new Mistake(keyOffset, 'the key stands twice: keys must be unique');
      names.add(key);
      const value = this.#next();
      if (value === undefined) break;
      entries.push({ key, keyOffset, value: this.#node(value, keyOffset) });
    }
    return entries;
  }

  #named(
    event: { readonly anchorStart: number; readonly anchorEnd: number },
    node: YamlNode,
    before: number,
  ): YamlNode {
    if (event.anchorStart >= 0) {
      const name = this.#text.slice(event.anchorStart, event.anchorEnd);
      this.#anchors.set(name, { node, nodes: this.#nodes - before });
    }
    return node;
  }

  #alias(name: string, offset: number): YamlNode {
    this.#aliases += 1;
    if (this.#aliases > maximumAliases) throw new Mistake(offset, `more than ${maximumAliases} aliases`);
    const meant = this.#anchors.get(name);
    if (meant === undefined) throw new Mistake(offset, 'the alias has no anchor');
    this.#count(meant.nodes - 1, offset);
    return meant.node;
  }

  #count(nodes: number, offset: number): void {
    this.#nodes += nodes;
    if (this.#nodes > maximumNodes)
      throw new Mistake(offset, `it has more than ${maximumNodes} values, those that aliases repeat too`);
  }
}

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}
