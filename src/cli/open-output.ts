import type { Codec } from '../codec/create-codec.ts';
import { columnsOf, csvOutput } from './csv-output.ts';
import type { DecodingOptions } from './decoding-options.ts';
import { jsonOutput } from './json-output.ts';
import { outputFile, standardOutput } from './output-target.ts';
import type { RecordOutput } from './record-output.ts';
import { splitOutput } from './split-output.ts';

/** Open the output that the options ask for. Throws `IO`, and `USAGE` for more CSV columns than there may be. */
export async function openOutput(options: DecodingOptions, codec: Codec): Promise<RecordOutput> {
  const { to = 'jsonl', output, split = false, csvSafe = false, meta = false, raw = false } = options;
  if (to !== 'csv') {
    const target = output === undefined ? standardOutput() : await outputFile(output);
    return jsonOutput(target, { array: to === 'json', meta, raw, toJson: (reading) => codec.toJson(reading) });
  }
  if (split && output !== undefined) {
    return splitOutput(output, outputFile, (target, view) => {
      return csvOutput(target, { meta, raw, safe: csvSafe, table: columnsOf(codec, csvSafe, view) });
    });
  }
  const table = columnsOf(codec, csvSafe, null); // before a file is made
  return csvOutput(output === undefined ? standardOutput() : await outputFile(output), {
    meta,
    raw,
    safe: csvSafe,
    table,
  });
}
