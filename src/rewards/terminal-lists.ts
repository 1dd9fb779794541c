import { nearNames } from '../copybook/near-names.ts';
import type { SourcePosition } from '../copybook/source-position.ts';
import type { SettingsProblem } from '../settings/settings-error.ts';
import type { YamlEntry, YamlNode } from '../yaml/yaml-node.ts';
import { isTerminal, PlainTerminals } from './plain-terminals.ts';
import { TerminalList } from './terminal-list.ts';
import type { TerminalNames } from './terminal-names.ts';

const longestName = 100;

/** Where something stands in the file. */
export type PositionAt = (offset: number) => SourcePosition;

/** Lists of terminals by their names, and what terminals a campaign means by words. */
export interface TerminalLists {
  /** Add a list. Returns what is wrong with it. */
  add(list: YamlEntry, positionAt: PositionAt): readonly SettingsProblem[];
  /** The same for a list that is written in brackets; `false`: something is wrong with it, or may be. It yields now and then. */
  addPlain(name: string, list: string): Generator<void, boolean>;
  /** Find the terminals that a campaign names, each once; `problems` takes what is wrong. A list alone is that list itself. */
  terminalsOf(value: YamlNode, positionAt: PositionAt, problems: SettingsProblem[]): TerminalList;
  /** The same for a list that is written in brackets; `null`: something is wrong with it, or may be. It yields now and then. */
  terminalsIn(list: string): Generator<void, TerminalList | null>;
}

/** Make an empty collection of lists. */
export function createTerminalLists(names: TerminalNames): TerminalLists {
  const lists = new Map<string, TerminalList>();
  const plain = new PlainTerminals(names, lists);
  const plainLists = new PlainTerminals(names, new Map()); // where no list can be named
  const listOf = (terminals: Iterable<number>): TerminalList => new TerminalList(names, Int32Array.from(terminals));

  return {
    add({ key: name, keyOffset, value }, positionAt) {
      const problems: SettingsProblem[] = [];
      if (!isListName(name)) {
        problems.push({
          code: 'CAMPAIGN_SCHEMA',
          severity: 'error',
          position: positionAt(keyOffset),
          message: `'${name}' is no name of a list of terminals`,
          expected: 'a small letter, then letters, digits, full stops, underscores and hyphens',
        });
      }
      const terminals = new Set<number>();
      for (const { value: word, offset } of wordsOf(value, problems, positionAt)) {
        if (isTerminal(word)) terminals.add(names.add(word));
        else problems.push(noTerminal(word, positionAt(offset), null));
      }
      lists.set(name, listOf(terminals));
      return problems;
    },
    *addPlain(name, text) {
      const list = isListName(name) ? yield* plainLists.read(text) : null;
      if (list !== null) lists.set(name, list);
      return list !== null;
    },
    terminalsOf(value, positionAt, problems) {
      const words = wordsOf(value, problems, positionAt);
      const [only] = words;
      const list = words.length === 1 && only !== undefined ? lists.get(only.value) : undefined;
      if (list !== undefined) return list;
      const terminals = new Set<number>();
      for (const { value: word, offset } of words) {
        if (isTerminal(word)) {
          terminals.add(names.add(word));
          continue;
        }
        const meant = lists.get(word);
        if (meant === undefined) problems.push(noTerminal(word, positionAt(offset), [...lists.keys()]));
        for (const each of meant?.numbers ?? []) terminals.add(each);
      }
      return listOf(terminals);
    },
    terminalsIn: (list) => plain.read(list),
  };
}

type Word = Extract<YamlNode, { kind: 'scalar' }>;

function wordsOf(value: YamlNode, problems: SettingsProblem[], positionAt: PositionAt): readonly Word[] {
  if (value.kind === 'scalar' && value.value !== '') return [value];
  if (value.kind === 'list' && value.items.length > 0 && value.items.every(isWord))
    return value.items as readonly Word[];
  problems.push({
    code: 'CAMPAIGN_SCHEMA',
    severity: 'error',
    position: positionAt(value.offset),
    message: 'it is no list of terminals',
    expected: 'a list such as [13001, 13002]',
  });
  return [];
}

function isWord({ kind }: YamlNode): boolean {
  return kind === 'scalar';
}

function isListName(name: string): boolean {
  return name.length <= longestName && /^[a-z][A-Za-z0-9._-]*$/.test(name);
}

/** A word that is no terminal, where lists of them can be named, or cannot (`null`). */
function noTerminal(word: string, position: SourcePosition, lists: readonly string[] | null): SettingsProblem {
  const isMissing = lists !== null && isListName(word);
  const [near] = nearNames(word, lists ?? []);
  const some = (lists ?? []).slice(0, 10).join(', ');
  return {
    code: isMissing ? 'CAMPAIGN_NAME' : 'CAMPAIGN_SCHEMA',
    severity: 'error',
    position,
    message: isMissing ? `there is no list of terminals ${word}` : `'${word.slice(0, 40)}' is no terminal`,
    expected: `a terminal in digits and capital letters${some === '' ? '' : `, or one of the lists ${some}`}`,
    hint: near === undefined ? undefined : `did you mean ${near}?`,
  };
}
