import type { Usage } from './syntax.ts';

/** Every spelling of a USAGE → its standard spelling. COMP-0 and COMP-4 are COMP; FLOAT-SHORT and -LONG are COMP-1 and -2. */
export const usageWords: ReadonlyMap<string, Usage> = new Map<string, Usage>([
  ['DISPLAY', 'DISPLAY'],
  ['BINARY', 'COMP'],
  ['PACKED-DECIMAL', 'COMP-3'],
  ['INDEX', 'INDEX'],
  ['POINTER', 'POINTER'],
  ['NATIONAL', 'NATIONAL'],
  ['DISPLAY-1', 'DISPLAY-1'],
  ['UTF-8', 'UTF-8'],
  ['BIT', 'BIT'],
  ['BINARY-CHAR', 'BINARY-CHAR'],
  ['BINARY-SHORT', 'BINARY-SHORT'],
  ['BINARY-LONG', 'BINARY-LONG'],
  ['BINARY-DOUBLE', 'BINARY-DOUBLE'],
  ['FLOAT-SHORT', 'COMP-1'],
  ['FLOAT-LONG', 'COMP-2'],
  ...(['COMP', 'COMPUTATIONAL'] as const).flatMap((word): [string, Usage][] => [
    [word, 'COMP'],
    [`${word}-0`, 'COMP'],
    [`${word}-4`, 'COMP'],
    [`${word}-1`, 'COMP-1'],
    [`${word}-2`, 'COMP-2'],
    [`${word}-3`, 'COMP-3'],
    [`${word}-5`, 'COMP-5'],
    [`${word}-6`, 'COMP-6'],
    [`${word}-X`, 'COMP-X'],
  ]),
]);
