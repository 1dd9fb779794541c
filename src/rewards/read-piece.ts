import { readYaml } from '../yaml/read-yaml.ts';
import type { YamlNode } from '../yaml/yaml-node.ts';

const longList = /\[ *(?:[0-9A-Za-z]+|"[0-9A-Za-z]+")(?:, *(?:[0-9A-Za-z]+|"[0-9A-Za-z]+")){15,} *\]/g;

/**
 * Read a piece of a YAML file; `null` for what is no YAML by itself, or has an alias: what they repeat is bounded for a file as a whole.
 *
 * Long lists of words in brackets on one line, such as terminals, are taken out before the parser sees them, as it takes five times as long
 * over each word.
 */
export function readPiece(text: string): YamlNode | null {
  if (/(?:^|[\s,[{])\*[^\s*]/.test(text)) return null;
  const lists = new Map<number, string>(); // by the offsets of their brackets
  const short = text.replaceAll(longList, (list, at: number) => {
    lists.set(at, list);
    return `[${' '.repeat(list.length - 2)}]`;
  });
  const { root } = readYaml(short);
  if (root === null || lists.size === 0) return root;
  const filled = withLists(root, lists);
  // What is left was no list, but part of a text or a comment.
  return lists.size === 0 ? filled : readYaml(text).root;
}

function withLists(node: YamlNode, lists: Map<number, string>): YamlNode {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'map') {
    return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: withLists(entry.value, lists) })) };
  }
  const words = node.items.length === 0 ? lists.get(node.offset) : undefined;
  if (words === undefined) return { ...node, items: node.items.map((item) => withLists(item, lists)) };
  lists.delete(node.offset);
  return { ...node, items: itemsOf(words, node.offset) };
}

function itemsOf(list: string, offset: number): readonly YamlNode[] {
  const items: YamlNode[] = [];
  for (let at = 1; at < list.length; ) {
    while (!isWordStart(list.charCodeAt(at))) at += 1;
    const next = list.indexOf(',', at);
    let end = next < 0 ? list.length - 1 : next;
    while (list.charCodeAt(end - 1) <= space) end -= 1;
    const isQuoted = list.charCodeAt(at) === quote;
    const value = isQuoted ? list.slice(at + 1, end - 1) : list.slice(at, end);
    items.push({ kind: 'scalar', offset: offset + at, value });
    at = next < 0 ? list.length : next + 1;
  }
  return items;
}

const space = 32;
const quote = 34;

function isWordStart(code: number): boolean {
  return code > space;
}
