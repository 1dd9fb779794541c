import type { YamlEntry, YamlNode } from '../yaml/yaml-node.ts';
import { type CampaignPart, type CampaignParts, emptied, type FilePart, isPart } from './campaign-parts.ts';
import { cutJson } from './cut-json.ts';
import { cutYaml, type YamlPiece } from './cut-yaml.ts';
import { type PlainPiece, plainPiece } from './plain-piece.ts';
import { readPiece } from './read-piece.ts';

/** Thrown by parts of a file that cannot be read by themselves: the file as a whole says what is wrong with it, if anything is. */
export const notToBeCut: Error = new Error('a file cannot be cut'); // made once, and caught

const charactersAtOnce = 4096;
const itemStart = /()-(?= )/y;
const memberStart = /([A-Za-z]+):(?=[ \r\n])/y;
const listStart = /([a-z][A-Za-z0-9._-]*):(?=[ \r\n])/y;

/** A value that is read by itself, and where its name stands. */
interface Piece extends YamlPiece {
  readonly keyStart: number;
}

/** A file that was cut: its members, and what is in those that are read piece by piece. */
interface CutFile {
  readonly members: readonly Piece[];
  readonly terminals: readonly Piece[];
  readonly list: readonly Piece[];
}

/** How the members and items of a file are read by themselves. */
interface PieceReader {
  entry(text: string, piece: Piece): FilePart<YamlEntry>;
  items(text: string, pieces: readonly Piece[]): FilePart<readonly YamlNode[]>;
}

/**
 * Cut a file of campaigns into its members, its lists of terminals and its campaigns, so that each can be read by itself: YAML by its
 * indentation, JSON by its brackets.
 *
 * `null` for what is not written in one of these ways. What cannot be read by itself, or has an alias, throws `notToBeCut` when it is asked for.
 */
export function* cutCampaigns(text: string): Generator<void, CampaignParts | null> {
  const isJson = /^\s*\{/.test(text);
  const file = isJson ? yield* cutJsonFile(text) : yield* cutYamlFile(text);
  if (file === null || hasTwice(file.members) || hasTwice(file.terminals)) return null;
  const reader = isJson ? jsonReader : yamlReader;
  const entries = file.members.map((member) => {
    const { key, keyStart } = member;
    if (isPart(key))
      return emptied({ key, keyOffset: keyStart, value: { kind: 'scalar', offset: keyStart, value: '' } });
    const { node, base } = reader.entry(text, member);
    return shifted(node, base);
  });
  return {
    head: { kind: 'map', offset: 0, entries },
    terminals: entriesOf(text, file.terminals, reader),
    list: itemsOf(text, file.list, reader),
  };
}

function hasTwice(pieces: readonly Piece[]): boolean {
  return new Set(pieces.map(({ key }) => key)).size < pieces.length;
}

function* cutYamlFile(text: string): Generator<void, CutFile | null> {
  const members = yield* cutYaml(text, 0, text.length, memberStart);
  if (members === null) return null;
  const pieces = new Map<string, readonly Piece[]>();
  for (const { key, start, end } of members) {
    if (!isPart(key)) continue;
    const header = /[A-Za-z]+:[ ]*(?:#[^\r\n]*)?\r?\n/y;
    header.lastIndex = start;
    if (!header.test(text)) return null;
    const inner = yield* cutYaml(text, header.lastIndex, end, key === 'list' ? itemStart : listStart);
    if (inner === null || inner.length === 0) return null;
    pieces.set(key, inner.map(withKeyStart));
  }
  const list = pieces.get('list');
  if (list === undefined) return null;
  return { members: members.map(withKeyStart), terminals: pieces.get('terminals') ?? [], list };
}

function withKeyStart(piece: YamlPiece): Piece {
  return { ...piece, keyStart: piece.start };
}

function* cutJsonFile(text: string): Generator<void, CutFile | null> {
  const whole = yield* cutJson(text, text.indexOf('{'));
  if (whole === null || text.slice(whole.end).trim() !== '') return null;
  const pieces = new Map<string, readonly Piece[]>();
  for (const { key, start } of whole.pieces) {
    if (!isPart(key)) continue;
    if (text[start] !== (key === 'list' ? '[' : '{')) return null;
    const inner = yield* cutJson(text, start);
    if (inner === null || inner.pieces.length === 0) return null;
    pieces.set(key, inner.pieces);
  }
  const list = pieces.get('list');
  return list === undefined ? null : { members: whole.pieces, terminals: pieces.get('terminals') ?? [], list };
}

const yamlReader: PieceReader = {
  entry(text, { start, end }) {
    const read = nodeOf(text.slice(start, end));
    const [entry] = read.kind === 'map' ? read.entries : [];
    if (entry === undefined || read.kind !== 'map' || read.entries.length > 1) throw notToBeCut;
    return { node: entry, base: start };
  },
  items(text, pieces) {
    const base = pieces[0]?.start ?? 0;
    return { node: listItems(nodeOf(text.slice(base, pieces.at(-1)?.end)), pieces.length), base };
  },
};

const jsonReader: PieceReader = {
  entry(text, { key, keyStart, start, end }) {
    return { node: { key, keyOffset: keyStart - start, value: nodeOf(text.slice(start, end)) }, base: start };
  },
  items(text, pieces) {
    const base = pieces[0]?.start ?? 0;
    return { node: listItems(nodeOf(`[${text.slice(base, pieces.at(-1)?.end)}]`), pieces.length), base: base - 1 };
  },
};

function listItems(node: YamlNode, length: number): readonly YamlNode[] {
  if (node.kind !== 'list' || node.items.length !== length) throw notToBeCut;
  return node.items;
}

/** Read campaigns; those that are not plain JSON several at once: a call of the parser costs as much as a campaign. */
function* itemsOf(text: string, pieces: readonly Piece[], reader: PieceReader): Generator<CampaignPart> {
  for (let first = 0; first < pieces.length; ) {
    const piece = pieces[first] as Piece;
    const mapping = mappingStart(text, piece.start);
    const plain = mapping < 0 ? null : plainPiece(text.slice(mapping, piece.end));
    if (plain !== null) {
      yield new PlainPart(plain, mapping, () => reader.items(text, [piece]));
      first += 1;
      continue;
    }
    let next = first + 1;
    while ((pieces[next]?.end ?? Number.POSITIVE_INFINITY) - piece.start < charactersAtOnce) next += 1;
    const { node, base } = reader.items(text, pieces.slice(first, next));
    for (const item of node) yield { node: item, base };
    first = next;
  }
}

/** Find the bracket with which the mapping of an item starts; -1: it starts otherwise. */
function mappingStart(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 32) at += 1;
  if (text[at] === '-') at += 1;
  while (text.charCodeAt(at) === 32) at += 1;
  return text[at] === '{' ? at : -1;
}

/** A campaign that is plain JSON. */
class PlainPart implements CampaignPart {
  readonly plain: PlainPiece;
  readonly start: number;
  readonly #read: () => FilePart<readonly YamlNode[]>;
  #part: FilePart<YamlNode> | null = null;

  constructor(plain: PlainPiece, start: number, read: () => FilePart<readonly YamlNode[]>) {
    this.plain = plain;
    this.start = start;
    this.#read = read;
  }

  get node(): YamlNode {
    return this.#asYaml().node;
  }

  get base(): number {
    return this.#asYaml().base;
  }

  #asYaml(): FilePart<YamlNode> {
    if (this.#part === null) {
      const { node, base } = this.#read();
      this.#part = { node: node[0] as YamlNode, base };
    }
    return this.#part;
  }
}

function* entriesOf(text: string, pieces: readonly Piece[], reader: PieceReader): Generator<FilePart<YamlEntry>> {
  for (const piece of pieces) yield reader.entry(text, piece);
}

function nodeOf(text: string): YamlNode {
  const root = readPiece(text);
  if (root === null) throw notToBeCut;
  return root;
}

/** A member with the offsets it has in the whole file. */
function shifted({ key, keyOffset, value }: YamlEntry, base: number): YamlEntry {
  return { key, keyOffset: keyOffset + base, value: shiftedNode(value, base) };
}

function shiftedNode(node: YamlNode, base: number): YamlNode {
  const offset = node.offset + base;
  if (node.kind === 'scalar') return { ...node, offset };
  if (node.kind === 'list') return { kind: 'list', offset, items: node.items.map((item) => shiftedNode(item, base)) };
  return { kind: 'map', offset, entries: node.entries.map((entry) => shifted(entry, base)) };
}
