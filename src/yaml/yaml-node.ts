/** A part of a YAML file as it was written: every scalar is its text. `offset` is where it starts, in UTF-16 units. */
export type YamlNode =
  | { readonly kind: 'scalar'; readonly offset: number; readonly value: string }
  | { readonly kind: 'list'; readonly offset: number; readonly items: readonly YamlNode[] }
  | { readonly kind: 'map'; readonly offset: number; readonly entries: readonly YamlEntry[] };

/** A member of a mapping. */
export interface YamlEntry {
  readonly key: string;
  readonly keyOffset: number;
  readonly value: YamlNode;
}

/** What leads to a part of a YAML file: names of members and indexes of items. */
export type YamlPath = readonly PropertyKey[];

/** Make the plain value of a node. Every name is a member of its own, `__proto__` too. */
export function plainValue(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainValue);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainValue(value)]));
}

/** Find where a path leads, or as far on the way as there is something: the name of the member there, else the value. */
export function offsetOf(root: YamlNode, path: YamlPath): number {
  let node = root;
  let { offset } = root;
  for (const step of path) {
    if (node.kind === 'scalar') break;
    if (node.kind === 'list') {
      const item = node.items[Number(step)];
      if (item === undefined) break;
      node = item;
      offset = item.offset;
    } else {
      const entry = node.entries.find(({ key }) => key === step);
      if (entry === undefined) break;
      node = entry.value;
      offset = entry.keyOffset;
    }
  }
  return offset;
}

/** Find where the value at the end of a path starts; its name when it is empty, or not there. A text stands for a list of it alone. */
export function valueOffsetOf(root: YamlNode, path: YamlPath): number {
  const whole = nodeAt(root, path);
  const node = whole ?? nodeAt(root, path.slice(0, -1));
  const isValue = node?.kind === 'scalar' ? node.value !== '' : whole !== null;
  return isValue && node !== null ? node.offset : offsetOf(root, path);
}

/** Find the node at the end of a path; `null` when there is none. */
export function nodeAt(root: YamlNode, path: YamlPath): YamlNode | null {
  let node: YamlNode | undefined = root;
  for (const step of path) {
    if (node?.kind === 'list') node = node.items[Number(step)];
    else if (node?.kind === 'map') node = node.entries.find(({ key }) => key === step)?.value;
    else return null;
  }
  return node ?? null;
}
