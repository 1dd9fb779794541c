/**
 * The rank of every folder and top-level file of `src`: a file imports only from lower ranks.
 *
 * `index.ts`, what `import 'overpunch'` gives, stands with the commands: nothing imports it.
 */
export const ranks: ReadonlyMap<string, number> = new Map([
  ['errors.ts', 0],
  ['bytes', 0],
  ['ebcdic', 1],
  ['copybook', 1],
  ['yaml', 1],
  ['settings', 2],
  ['codec', 2],
  ['state', 2],
  ['frames', 3],
  ['streams', 3],
  ['rewards', 3],
  ['schema', 3],
  ['compare', 3],
  ['golden', 4],
  ['runtime', 4],
  ['sources', 4],
  ['sinks', 4],
  ['traffic', 4],
  ['pipeline', 5],
  ['pipeline.ts', 6],
  ['sidecar', 7],
  ['cli', 7],
  ['index.ts', 7],
]);

/** Whether a file below `from` may import one below `to` (both keys of the table). */
export function mayImport(from: string, to: string): boolean {
  return from === to || (ranks.get(to) ?? Number.POSITIVE_INFINITY) < (ranks.get(from) ?? 0);
}
