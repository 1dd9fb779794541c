import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import type { Environment } from './environment.ts';

/** The version of what is kept in an environment: its tables, keys and values. */
export const stateVersion = 1;

/** What kept state depends on: with another of these it means something else. */
export interface StateHeader {
  /** Hash of the pipeline's definition, as far as it decides what its state means. */
  readonly pipeline: string;
  /** Hash of the catalog and its copybooks. */
  readonly catalog: string;
  /** Number of partitions that keys are spread over. */
  readonly partitions: number;
}

const tableName = 'header';
const key = new TextEncoder().encode('header');
const labels: ReadonlyMap<keyof StateHeader, string> = new Map([
  ['pipeline', 'pipeline'],
  ['catalog', 'catalog'],
  ['partitions', 'number of partitions'],
]);

/**
 * Check that the state in an environment was written for the same things as it is opened for now. State without a header is new: with
 * `write`, it gets one. Returns whether there was one.
 *
 * Throws STATE_INCOMPATIBLE, which names what differs and the way out, or STATE_CORRUPT.
 */
export function checkStateHeader(environment: Environment, expected: StateHeader, write = true): boolean {
  const found = readStateHeader(environment);
  if (found === null) {
    if (write) writeStateHeader(environment, expected);
    return false;
  }
  const differences = [...labels].filter(([member]) => found[member] !== expected[member]);
  if (differences.length === 0) return true;
  const list = differences.map(([member, label]) => {
    return `${label} was ${printable(String(found[member]))}, is ${printable(String(expected[member]))}`;
  });
  throw new OverpunchError('STATE_INCOMPATIBLE', `the kept state does not fit: ${list.join('; ')}`, {
    hint: 'run what wrote it once more with --drain, which closes everything that is open, or migrate the state; then start anew',
  });
}

/** Write the header, in place of the one there: what a migration ends with. */
export function writeStateHeader(environment: Environment, header: StateHeader): void {
  const { pipeline, catalog, partitions } = header;
  const text = JSON.stringify({ version: stateVersion, pipeline, catalog, partitions });
  const table = environment.table(tableName);
  environment.commit(() => table.put(key, new TextEncoder().encode(text)));
}

/** Read the header; `null` when there is none. Throws STATE_CORRUPT, and STATE_INCOMPATIBLE when it is of another version. */
export function readStateHeader(environment: Environment): StateHeader | null {
  const bytes = environment.table(tableName).get(key);
  if (bytes === undefined) return null;
  const header = parse(bytes);
  if (header === null) throw new OverpunchError('STATE_CORRUPT', 'the header of the kept state is damaged');
  if (header.version === stateVersion) return header;
  throw new OverpunchError(
    'STATE_INCOMPATIBLE',
    `the kept state has version ${header.version}, this is ${stateVersion}`,
    {
      hint: 'run the release that wrote it once more with --drain, which closes everything that is open; then start anew with this one',
    },
  );
}

function parse(bytes: Uint8Array): (StateHeader & { readonly version: number }) | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value !== 'object' || value === null) return null;
    const { version, pipeline, catalog, partitions } = value as Readonly<Record<string, unknown>>;
    if (typeof version !== 'number' || typeof partitions !== 'number') return null;
    if (typeof pipeline !== 'string' || typeof catalog !== 'string') return null;
    return { version, pipeline, catalog, partitions };
  } catch {
    return null;
  }
}
