import { nearNames } from '../copybook/near-names.ts';
import type { SourcePosition } from '../copybook/source-position.ts';
import type { SettingsProblem } from '../settings/settings-error.ts';
import type { YamlEntry, YamlNode } from '../yaml/yaml-node.ts';

const longestName = 100;

/** Where something stands in the file. */
export type PositionAt = (offset: number) => SourcePosition;

/** Lists of terminals by their names, and what terminals a campaign means by words. */
export interface TerminalLists {
  /** Add a list. Returns what is wrong with it. */
  add(list: YamlEntry, positionAt: PositionAt): readonly SettingsProblem[];
  /** Find the terminals that a campaign names, each once; `problems` takes what is wrong. A list alone is that list itself. */
  terminalsOf(value: YamlNode, positionAt: PositionAt, problems: SettingsProblem[]): readonly string[];
  /** The same for a list in JSON from bracket to bracket; `null`: something is wrong with it, or may be. */
  terminalsIn(list: string): readonly string[] | null;
}

/** Make an empty collection of lists. Texts that are the same become the same string. */
export function createTerminalLists(): TerminalLists {
  const lists = new Map<string, readonly string[]>();
  const known = new Map<string, KnownTerminal>();
  const byDigits = new Map<number, KnownTerminal>(); // those of digits alone
  const gathered: string[] = [];
  let lastList = 0;

  const terminal = (word: string): KnownTerminal | undefined => {
    const found = known.get(word);
    if (found !== undefined || !isTerminal(word)) return found;
    const added = { word, list: 0 };
    known.set(word, added);
    return added;
  };

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
      const terminals = new Set<string>();
      for (const { value: word, offset } of wordsOf(value, problems, positionAt)) {
        const found = terminal(word);
        if (found === undefined) problems.push(noTerminal(word, positionAt(offset), null));
        else terminals.add(found.word);
      }
      lists.set(name, [...terminals]);
      return problems;
    },
    terminalsOf(value, positionAt, problems) {
      const words = wordsOf(value, problems, positionAt);
      const [only] = words;
      const list = words.length === 1 && only !== undefined ? lists.get(only.value) : undefined;
      if (list !== undefined) return list;
      const terminals = new Set<string>();
      for (const { value: word, offset } of words) {
        const found = terminal(word);
        if (found !== undefined) {
          terminals.add(found.word);
          continue;
        }
        const meant = lists.get(word);
        if (meant === undefined) problems.push(noTerminal(word, positionAt(offset), [...lists.keys()]));
        for (const each of meant ?? []) terminals.add(each);
      }
      return [...terminals];
    },
    terminalsIn(list) {
      const number = ++lastList;
      let count = 0;
      for (let at = 1; ; at++) {
        while (list.charCodeAt(at) === space) at += 1;
        if (list.charCodeAt(at) !== quote) return null;
        const start = at + 1;
        let digits = 1; // a one in front of them, so that zeros in front count
        for (at = start; isDigit(list.charCodeAt(at)); at++) digits = 10 * digits + list.charCodeAt(at) - zero;
        let found = at - start > mostDigits || list.charCodeAt(at) !== quote ? undefined : byDigits.get(digits);
        if (found === undefined) {
          at = list.indexOf('"', start);
          if (at < 0) return null;
          const word = list.slice(start, at);
          const meant = lists.get(word);
          // A list in a list is seldom: the other way takes it.
          if (meant !== undefined) return count === 0 && list.slice(at + 1) === ']' ? meant : null;
          found = terminal(`${word}`);
          if (found === undefined) return null;
          if (word.length <= mostDigits && /^[0-9]+$/.test(word)) byDigits.set(digits, found);
        }
        if (found.list !== number) {
          found.list = number;
          gathered[count++] = found.word;
        }
        at += 1;
        while (list.charCodeAt(at) === space) at += 1;
        const next = list.charCodeAt(at);
        if (next === closing) return at === list.length - 1 ? gathered.slice(0, count) : null;
        if (next !== comma) return null;
      }
    },
  };
}

const mostDigits = 8; // as many as a small number has
const [space, quote, comma, zero, closing] = [32, 34, 44, 48, 93];

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A terminal, and the number of the last list that it was put into. */
interface KnownTerminal {
  readonly word: string;
  list: number;
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

/** Digits and capital letters, so that names of lists, which start with a small letter, are never terminals. */
function isTerminal(word: string): boolean {
  return /^[0-9A-Z]{1,20}$/.test(word);
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
