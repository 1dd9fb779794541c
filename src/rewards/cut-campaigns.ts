import type { YamlEntry, YamlNode } from '../yaml/yaml-node.ts';
import type { Campaign } from './campaign.ts';
import {
  type CampaignPart,
  type CampaignParts,
  emptied,
  type FilePart,
  type FilePiece,
  isPart,
  type TerminalsPart,
} from './campaign-parts.ts';
import { cutJson } from './cut-json.ts';
import { cutYaml } from './cut-yaml.ts';
import { type PlainPiece, plainPiece } from './plain-piece.ts';
import { readPiece } from './read-piece.ts';
import { WordCache } from './word-cache.ts';

/** Thrown by parts of a file that cannot be read by themselves: the file as a whole says what is wrong with it, if anything is. */
export const notToBeCut: Error = new Error('a file cannot be cut'); // made once, and caught

const charactersAtOnce = 4096;
const itemStart = /()-(?= )/y;
const memberStart = /([A-Za-z]+):(?=[ \r\n])/y;
const listStart = /([a-z][A-Za-z0-9._-]*):(?=[ \r\n])/y;

/** A file that was cut: its members, and what is in those that are read piece by piece. */
interface CutFile {
  readonly members: readonly FilePiece[];
  readonly terminals: readonly FilePiece[];
  readonly list: readonly FilePiece[];
}

/** Gives the campaign that was read of the same text before, if it is remembered. */
export type Recall = (written: string) => Campaign | undefined;

/** How the members and items of a file are read by themselves. */
interface PieceReader {
  entry(text: string, piece: FilePiece): FilePart<YamlEntry>;
  items(text: string, pieces: readonly FilePiece[]): FilePart<readonly YamlNode[]>;
}

/**
 * Cut a file of campaigns into its members, its lists of terminals and its campaigns, so that each can be read by itself: YAML by its
 * indentation, JSON by its brackets. What `recall` knows is not read.
 *
 * `null` for what is not written in one of these ways. What cannot be read by itself, or has an alias, throws `notToBeCut` when it is asked for.
 */
export function* cutCampaigns(text: string, recall: Recall): Generator<void, CampaignParts | null> {
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
    terminalsText: file.members.map((member) => (member.key === 'terminals' ? textOf(text, member) : '')).join(''),
    list: itemsOf(text, file.list, reader, recall),
  };
}

function hasTwice(pieces: readonly FilePiece[]): boolean {
  return new Set(pieces.map(({ key }) => key)).size < pieces.length;
}

function* cutYamlFile(text: string): Generator<void, CutFile | null> {
  const members = yield* cutYaml(text, 0, text.length, memberStart);
  if (members === null) return null;
  const pieces = new Map<string, readonly FilePiece[]>();
  for (const { key, start, end } of members) {
    if (!isPart(key)) continue;
    const header = /[A-Za-z]+:[ ]*(?:#[^\r\n]*)?\r?\n/y;
    header.lastIndex = start;
    if (!header.test(text)) return null;
    const inner = yield* cutYaml(text, header.lastIndex, end, key === 'list' ? itemStart : listStart);
    if (inner === null || inner.length === 0) return null;
    pieces.set(key, inner);
  }
  const list = pieces.get('list');
  if (list === undefined) return null;
  return { members, terminals: pieces.get('terminals') ?? [], list };
}

function* cutJsonFile(text: string): Generator<void, CutFile | null> {
  const whole = yield* cutJson(text, text.indexOf('{'));
  if (whole === null || text.slice(whole.end).trim() !== '') return null;
  const pieces = new Map<string, readonly FilePiece[]>();
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
function* itemsOf(
  text: string,
  pieces: readonly FilePiece[],
  reader: PieceReader,
  recall: Recall,
): Generator<CampaignPart> {
  const words = new WordCache();
  for (let first = 0; first < pieces.length; ) {
    const piece = pieces[first] as FilePiece;
    const quick = quickPart(text, piece, reader, recall, words);
    if (quick !== null) {
      yield quick;
      first += 1;
      continue;
    }
    let next = first + 1;
    while ((pieces[next]?.end ?? Number.POSITIVE_INFINITY) - piece.start < charactersAtOnce) next += 1;
    const { node, base } = reader.items(text, pieces.slice(first, next));
    for (const [index, item] of node.entries()) {
      yield { node: item, base, written: textOf(text, pieces[first + index] as FilePiece) };
    }
    first = next;
  }
}

/** A campaign for which no parser is needed: it is remembered, or plain JSON. */
function quickPart(
  text: string,
  piece: FilePiece,
  reader: PieceReader,
  recall: Recall,
  words: WordCache,
): CampaignPart | null {
  const written = textOf(text, piece);
  const former = recall(written);
  const mapping = mappingStart(text, piece.start);
  const plain = former !== undefined || mapping < 0 ? null : plainPiece(text, mapping, piece.end, words);
  if (former === undefined && plain === null) return null;
  const start = mapping < 0 ? piece.start : mapping;
  return new QuickPart({ written, former, plain: plain ?? undefined, start }, () => reader.items(text, [piece]));
}

function textOf(text: string, { start, end }: FilePiece): string {
  return text.slice(start, end);
}

/** Find the bracket with which the mapping of an item starts; -1: it starts otherwise. */
function mappingStart(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 32) at += 1;
  if (text[at] === '-') at += 1;
  while (text.charCodeAt(at) === 32) at += 1;
  return text[at] === '{' ? at : -1;
}

/** A part that is read by the parser when somebody asks for its node. */
class LazyPart<Node> implements FilePart<Node> {
  readonly #read: () => FilePart<Node>;
  #part: FilePart<Node> | null = null;

  constructor(read: () => FilePart<Node>) {
    this.#read = read;
  }

  get node(): Node {
    this.#part ??= this.#read();
    return this.#part.node;
  }

  get base(): number {
    this.#part ??= this.#read();
    return this.#part.base;
  }
}

/** A campaign that is read already. */
class QuickPart extends LazyPart<YamlNode> implements CampaignPart {
  readonly written: string;
  readonly former: Campaign | undefined;
  readonly plain: PlainPiece | undefined;
  readonly start: number;

  constructor(
    { written, former, plain, start }: Required<Omit<CampaignPart, 'node' | 'base'>>,
    read: () => FilePart<readonly YamlNode[]>,
  ) {
    super(() => {
      const { node, base } = read();
      return { node: node[0] as YamlNode, base };
    });
    this.written = written;
    this.former = former;
    this.plain = plain;
    this.start = start;
  }
}

/** A list of terminals in brackets. */
class PlainTerminalsPart extends LazyPart<YamlEntry> implements TerminalsPart {
  readonly plain: { readonly name: string; readonly list: string };

  constructor(name: string, list: string, read: () => FilePart<YamlEntry>) {
    super(read);
    this.plain = { name, list };
  }
}

function* entriesOf(text: string, pieces: readonly FilePiece[], reader: PieceReader): Generator<TerminalsPart> {
  for (const piece of pieces) {
    const list = bracketsIn(text, piece);
    yield list === null
      ? reader.entry(text, piece)
      : new PlainTerminalsPart(piece.key, list, () => reader.entry(text, piece));
  }
}

/** The list in brackets that is all there is in a piece, besides its name; `null`: there is something else. */
function bracketsIn(text: string, { key, start, end }: FilePiece): string | null {
  let from = start;
  while (text.charCodeAt(from) === 32) from += 1;
  if (text.startsWith(`${key}:`, from)) from += key.length + 1; // of a member in YAML
  while (text.charCodeAt(from) === 32) from += 1;
  if (text[from] !== '[') return null;
  const list = text.slice(from, end).trimEnd();
  return list.endsWith(']') ? list : null;
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
