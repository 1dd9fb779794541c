import { expect, it } from 'vitest';
import { guessMistake } from '../../src/cli/guess-mistake.ts';
import type { RunShape } from '../../src/cli/run-shape.ts';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const shape: RunShape = {
  format: 'fixed',
  sample: bytes('\xc1\xc2\xc3\x40\x00\xf1'.repeat(20)),
  ebcdic: true,
  codepage: 'cp037',
  hasBinary: true,
  records: 10,
  bad: 10,
  garbage: 0,
  size: 120,
  recordLength: 12,
  remainder: 0,
  varies: false,
};

it.each<[string, Partial<RunShape>, string | null]>([
  ['nothing is bad', { bad: 0 }, null],
  ['little is bad', { bad: 1 }, null],
  ['there are RDWs', { sample: bytes('\0\x06\0\0AB'.repeat(5)) }, '--format rdw'],
  ['there are little-endian RDWs', { sample: bytes('\0\0\x02\0AB'.repeat(5)) }, '--rdw-endian little'],
  ['there are blocks', { sample: bytes('\0\x10\0\0\0\x06\0\0AB\0\x06\0\0AB'.repeat(5)) }, '--format bdw'],
  ['it is ASCII', { sample: bytes('HELLO 123\n'.repeat(5)) }, '--codepage ascii --format text'],
  ['it is EBCDIC', { ebcdic: false, sample: bytes('\xc1\xc2\x40\xf1'.repeat(5)) }, '--codepage cp037'],
  ['lengths vary', { varies: true }, '--record-length odo'],
  ['the length does not fit', { bad: 1, remainder: 5 }, 'no multiple of the record length 12'],
  ['a word is wrong', { format: 'rdw', bad: 0, garbage: 1 }, '--rdw-endian little'],
  ['all is bad for no visible reason', {}, 'most records are bad'],
  ['there is nothing', { bad: 0, records: 0, size: 0 }, 'the input is empty'],
  ['text has no line ends', { format: 'text', bad: 0, records: 1, size: 15_000 }, '--format fixed'],
  ['it comes from a quarantine', { format: 'quarantine' }, null],
])('guesses when %s', (_, change, hint) => {
  const guess = guessMistake({ ...shape, ...change });
  if (hint === null) expect(guess).toBeNull();
  else expect(guess).toContain(hint);
});
