import { type FrameRole, frameRoles } from './catalog.ts';
import type { Guess } from './guess-header.ts';

/** What is guessed of a type from the names of all. */
export interface GuessedRole {
  readonly role: Guess<FrameRole>;
  /** `null` when no name goes with it. */
  readonly pairsWith: string | null;
}

// At either end of a name, set off by a hyphen or the like; the long ones also without.
const words: Readonly<Record<FrameRole, readonly string[]>> = {
  request: ['REQUEST', 'QUESTION', 'DEMANDE', 'QUERY', 'REQ', 'QRY', 'RQ', 'Q', 'IN'],
  response: ['RESPONSE', 'REPONSE', 'ANSWER', 'REPLY', 'RESP', 'RSP', 'ANS', 'RPL', 'RP', 'R', 'OUT'],
  notice: ['NOTIFICATION', 'NOTICE', 'NOTIF', 'ADVICE', 'EVENT', 'AVIS', 'EVT', 'ADV'],
};
const shortest = 3; // letters of a word that needs nothing between it and the rest

// First letters of numbered names: T031 and R031.
const letters: readonly (readonly [request: string, response: string])[] = [
  ['T', 'R'],
  ['Q', 'R'],
  ['Q', 'A'],
  ['D', 'R'],
];

/** Guess the roles of types and which go together, by their names. */
export function guessRoles(names: readonly string[]): ReadonlyMap<string, GuessedRole> {
  const read = new Map(names.map((name) => [name, readName(name, names)]));
  return new Map(
    names.map((name) => {
      const own = read.get(name) ?? null;
      if (own === null) {
        return [name, { role: { value: 'notice', why: 'its name does not tell' }, pairsWith: null }];
      }
      const partner = own.role === 'request' ? 'response' : 'request';
      const others = names.filter((other) => {
        const found = read.get(other);
        return found !== null && found?.role === partner && found.stem === own.stem;
      });
      const [only] = others;
      const pairsWith = own.role !== 'notice' && only !== undefined && others.length === 1 ? only : null;
      return [name, { role: { value: own.role, why: own.why }, pairsWith }];
    }),
  );
}

interface ReadName {
  readonly role: FrameRole;
  /** What the names of a pair have in common. */
  readonly stem: string;
  readonly why: string;
}

function readName(name: string, names: readonly string[]): ReadName | null {
  const upper = name.toUpperCase();
  for (const role of frameRoles) {
    for (const word of words[role]) {
      const between = word.length >= shortest ? '[-_. ]?' : '[-_. ]';
      const match = new RegExp(`^(.+?)${between}${word}$`).exec(upper) ?? new RegExp(`^${word}[-_. ](.+)$`).exec(upper);
      if (match !== null) return { role, stem: match[1] ?? '', why: `its name says ${word}` };
    }
  }
  const [, letter = '', number = ''] = /^([A-Z])([0-9]+)$/.exec(upper) ?? [];
  for (const [request, response] of letters) {
    const partner = letter === request ? response : letter === response ? request : null;
    if (partner === null || !names.some((other) => other.toUpperCase() === partner + number)) continue;
    const role = letter === request ? 'request' : 'response';
    return { role, stem: number, why: `there is ${partner}${number}` };
  }
  return letter === 'N' ? { role: 'notice', stem: number, why: 'its name starts with N' } : null;
}
