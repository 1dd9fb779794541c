import type { YamlEntry, YamlNode } from '../yaml/yaml-node.ts';
import type { Campaign } from './campaign.ts';
import type { PlainPiece } from './plain-piece.ts';

/** Where a member or an item stands in a file, and the name in front of it: items have none. */
export interface FilePiece {
  readonly key: string;
  /** Where its name stands. */
  readonly keyStart: number;
  readonly start: number;
  readonly end: number;
}

/** A part of a file that was read by itself: its offsets count from `base`. */
export interface FilePart<Node> {
  readonly node: Node;
  readonly base: number;
}

/** A campaign. What is remembered or written as JSON is there as that, and its `node` is read when somebody asks for it. */
export interface CampaignPart extends FilePart<YamlNode> {
  /** Its text, if the campaign depends on nothing else in the list. */
  readonly written?: string;
  readonly former?: Campaign | undefined;
  readonly plain?: PlainPiece | undefined;
  /** Where it starts in the file; absent: where its node does. */
  readonly start?: number;
}

/** A list of terminals. What is written in brackets is there as that, and its `node` is read when somebody asks for it. */
export interface TerminalsPart extends FilePart<YamlEntry> {
  readonly plain?: { readonly name: string; readonly list: string };
}

/** The parts of a file of campaigns, each read when it is asked for. */
export interface CampaignParts {
  /** The text of the member `terminals`; absent where parts do not stand by themselves. */
  readonly terminalsText?: string;
  /** All members but `list` and `terminals`; these stand there without a value. */
  readonly head: YamlNode;
  /** The lists of terminals: one part each, or whatever stands there instead. */
  readonly terminals: Iterable<TerminalsPart> | YamlNode | null;
  /** The campaigns: one part each, or whatever stands there instead. */
  readonly list: Iterable<CampaignPart> | YamlNode | null;
}

/** Take apart a file of campaigns that was read as a whole. */
export function campaignParts(root: YamlNode): CampaignParts {
  if (root.kind !== 'map') return { head: root, terminals: null, list: null };
  const partAt = (key: string): YamlNode | null => root.entries.find((entry) => entry.key === key)?.value ?? null;
  const terminals = partAt('terminals');
  const list = partAt('list');
  return {
    head: { ...root, entries: root.entries.map((entry) => (isPart(entry.key) ? emptied(entry) : entry)) },
    terminals: terminals?.kind === 'map' ? terminals.entries.map((node) => ({ node, base: 0 })) : terminals,
    list: list?.kind === 'list' ? list.items.map((node) => ({ node, base: 0 })) : list,
  };
}

/** Whether a member of the file is read piece by piece. */
export function isPart(key: string): boolean {
  return key === 'list' || key === 'terminals';
}

/** A member without its value. */
export function emptied({ key, keyOffset }: YamlEntry): YamlEntry {
  return { key, keyOffset, value: { kind: 'scalar', offset: keyOffset, value: '' } };
}
