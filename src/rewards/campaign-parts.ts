import type { YamlEntry, YamlNode } from '../yaml/yaml-node.ts';
import type { PlainPiece } from './plain-piece.ts';

/** A part of a file that was read by itself: its offsets count from `base`. */
export interface FilePart<Node> {
  readonly node: Node;
  readonly base: number;
}

/** A campaign. What is written as JSON is there as that, and its `node` is read when somebody asks for it. */
export interface CampaignPart extends FilePart<YamlNode> {
  readonly plain?: PlainPiece;
  /** Where it starts in the file; absent: where its node does. */
  readonly start?: number;
}

/** The parts of a file of campaigns, each read when it is asked for. */
export interface CampaignParts {
  /** All members but `list` and `terminals`; these stand there without a value. */
  readonly head: YamlNode;
  /** The lists of terminals: one part each, or whatever stands there instead. */
  readonly terminals: Iterable<FilePart<YamlEntry>> | YamlNode | null;
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
