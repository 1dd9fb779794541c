import type { DecodingSpace } from '../codec/compiled/decoding-space.ts';
import type { Codec } from '../codec/create-codec.ts';
import { columnsOf, csvOutput } from './csv-output.ts';
import type { DecodingOptions } from './decoding-options.ts';
import { jsonOutput } from './json-output.ts';
import { outputFile, standardOutput } from './output-target.ts';
import type { RecordOutput } from './record-output.ts';
import { spaceOutput } from './space-output.ts';
import { splitOutput } from './split-output.ts';

/** The options that say what becomes of decoded records. */
export type OutputOptions = Pick<DecodingOptions, 'to' | 'output' | 'split' | 'csvSafe' | 'meta' | 'raw'>;

/**
 * Open the output that the options ask for. `columns` is the codec whose records an undivided CSV file has; `frames` says that a
 * catalog describes the records. Lines that a compiled decoder writes are taken from its `space`.
 *
 * Throws `IO`, and `USAGE` for more CSV columns than there may be.
 */
export async function openOutput(
  options: OutputOptions,
  { columns, frames }: { readonly columns: () => Codec; readonly frames: boolean },
  space: DecodingSpace | null = null,
): Promise<RecordOutput> {
  const { to = 'jsonl', output, split = false, csvSafe: safe = false, meta = false, raw = false } = options;
  const members = { meta, raw, frames };
  if (to !== 'csv') {
    const target = output === undefined ? standardOutput() : await outputFile(output);
    if (space !== null) return spaceOutput(target, space);
    return jsonOutput(target, { array: to === 'json', members });
  }
  if (split && output !== undefined) {
    return splitOutput(output, outputFile, (target, { codec, reading, head }) => {
      const table = columnsOf(codec, safe, head === null ? reading.view : null);
      return csvOutput(target, { members, safe, table });
    });
  }
  const table = columnsOf(columns(), safe, null); // before a file is made
  return csvOutput(output === undefined ? standardOutput() : await outputFile(output), { members, safe, table });
}
