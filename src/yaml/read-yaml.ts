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
    return { root: documentOf(text, events), mistake: null };
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

/** Turn the events of the parser, which closes what it opens, into nodes. */
function documentOf(text: string, events: readonly Event[]): YamlNode | null {
  const anchors = new Map<string, { readonly node: YamlNode; readonly nodes: number }>();
  let at = 0;
  let aliases = 0;
  let nodes = 0;

  const count = (more: number, offset: number): void => {
    nodes += more;
    if (nodes <= maximumNodes) return;
    throw new Mistake(offset, `it has more than ${maximumNodes} values, those that aliases repeat too`);
  };

  const named = (
    event: { readonly anchorStart: number; readonly anchorEnd: number },
    node: YamlNode,
    before: number,
  ) => {
    if (event.anchorStart >= 0) {
      anchors.set(text.slice(event.anchorStart, event.anchorEnd), { node, nodes: nodes - before });
    }
    return node;
  };

  const aliased = (name: string, offset: number): YamlNode => {
    aliases += 1;
    if (aliases > maximumAliases) throw new Mistake(offset, `more than ${maximumAliases} aliases`);
    const meant = anchors.get(name);
    if (meant === undefined) throw new Mistake(offset, 'the alias has no anchor');
    count(meant.nodes - 1, offset);
    return meant.node;
  };

  /** The node an event starts; an empty one stands at `fallback`, its key. */
  const nodeOf = (event: Event, fallback: number): YamlNode => {
    const before = nodes;
    count(1, fallback);
    switch (event.type) {
      case EVENT_SCALAR:
        return named(
          event,
          { kind: 'scalar', offset: startOf(event, fallback), value: getScalarValue(text, event) },
          before,
        );
      case EVENT_ALIAS:
        return aliased(text.slice(event.anchorStart, event.anchorEnd), event.anchorStart - 1);
      case EVENT_SEQUENCE: {
        const items: YamlNode[] = [];
        for (let item = events[at++]; item !== undefined && item.type !== EVENT_POP; item = events[at++]) {
          items.push(nodeOf(item, event.start));
        }
        return named(event, { kind: 'list', offset: event.start, items }, before);
      }
      case EVENT_MAPPING:
        return named(event, { kind: 'map', offset: event.start, entries: entriesOf(event.start) }, before);
      default:
        throw new Mistake(fallback, 'it is no value');
    }
  };

  const entriesOf = (start: number): readonly YamlEntry[] => {
    const entries: YamlEntry[] = [];
    const names = new Set<string>();
    let keyOffset = start;
    for (let event = events[at++]; event !== undefined && event.type !== EVENT_POP; event = events[at++]) {
      if (event.type !== EVENT_SCALAR) {
        throw new Mistake('start' in event ? event.start : keyOffset, 'a key is a plain text');
      }
      keyOffset = startOf(event, keyOffset);
      const key = getScalarValue(text, event);
      if (names.has(key)) throw new Mistake(keyOffset, 'the key stands twice: keys must be unique');
      names.add(key);
      const value = events[at++];
      if (value === undefined) break;
      entries.push({ key, keyOffset, value: nodeOf(value, keyOffset) });
    }
    return entries;
  };

  if (events[at++] === undefined) return null;
  const first = events[at++];
  if (first === undefined || first.type === EVENT_POP) return null;
  const root = nodeOf(first, 0);
  if (events[at + 1] !== undefined) throw new Mistake(text.length, 'there is a second document');
  return root;
}

function startOf(event: ScalarEvent, fallback: number): number {
  return event.valueStart < 0 ? fallback : event.valueStart - (isQuoted(event) ? 1 : 0);
}

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}
