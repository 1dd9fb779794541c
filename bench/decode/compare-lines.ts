import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

const pieceBytes = 1 << 20;

/** Check that two files hold the same bytes. Throws with the first line that differs. */
export function sameBytes(ours: string, theirs: string, who: string): void {
  const [own, other] = [openSync(ours, 'r'), openSync(theirs, 'r')];
  try {
    const [a, b] = [Buffer.alloc(pieceBytes), Buffer.alloc(pieceBytes)];
    for (let at = 0; ; at += pieceBytes) {
      const [read, readOther] = [readSync(own, a, 0, pieceBytes, at), readSync(other, b, 0, pieceBytes, at)];
      if (read !== readOther || !a.subarray(0, read).equals(b.subarray(0, read))) differ(ours, theirs, who);
      if (read < pieceBytes) return;
    }
  } finally {
    closeSync(own);
    closeSync(other);
  }
}

function differ(ours: string, theirs: string, who: string): never {
  const [own, other] = [ours, theirs].map((file) => readFileSync(file, 'utf8').split('\n'));
  const line = own?.findIndex((text, index) => text !== other?.[index]) ?? 0;
  throw new Error(`${who} has other lines, first ${line + 1}:\n${own?.[line]}\n${other?.[line]}`);
}

/** Check that two files of lines of JSON hold the same values, those of the second after `change`. Throws with the first that differs. */
export function sameValues(ours: string, theirs: string, who: string, change: (value: unknown) => unknown): void {
  const [own = [], other = []] = [ours, theirs].map((file) => readFileSync(file, 'utf8').trimEnd().split('\n'));
  if (own.length !== other.length) throw new Error(`${who} has ${other.length} lines, not ${own.length}`);
  for (const [index, line] of own.entries()) {
    const found = change(JSON.parse(other[index] ?? ''));
    if (isDeepStrictEqual(JSON.parse(line), found)) continue;
    throw new Error(`${who} has another value in line ${index + 1}:\n${line}\n${JSON.stringify(found)}`);
  }
}
