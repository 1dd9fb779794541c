import { scalarDecoder, scalarTables } from '../c/generate-scalar.ts';
import { decodeCases } from './cases.ts';
import { codecOf, writeSamples } from './sample-records.ts';
import type { Subject } from './subject.ts';
import { terminalFrames } from './terminal-frames.ts';

/** Everything that decoding is measured on; instead of what is not here, the reason. */
export const subjects: ReadonlyMap<string, () => Subject | string> = new Map([
  ...[...decodeCases.keys()].map((name) => [name, () => copybookSubject(name)] as const),
  ['itc', () => terminalFrames] as const,
]);

function copybookSubject(name: string): Subject | string {
  const found = decodeCases.get(name)?.() ?? `there is no case ${name}`;
  if (typeof found === 'string') return found;
  const codec = codecOf(found, `${name}.cpy`);
  return {
    name,
    title: found.title,
    floor: found.floor,
    goal: found.goal,
    write: (path, size) => writeSamples(found, codec, size, path),
    scalar: () => ({
      tables: scalarTables(codec.options.codepage),
      decoder: scalarDecoder(codec),
      framing: found.framing === 'rdw' ? 1 : 0,
    }),
    parser: true,
  };
}
