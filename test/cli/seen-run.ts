import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BatchedWriter } from '../../src/cli/batched-writer.ts';
import { decodeRun } from '../../src/cli/decode-run.ts';
import type { InputFile } from '../../src/cli/input-file.ts';
import { jsonOutput } from '../../src/cli/json-output.ts';
import { type OutputTarget, outputFile } from '../../src/cli/output-target.ts';
import { ProblemReport } from '../../src/cli/problem-report.ts';
import { codecDecoder } from '../../src/cli/record-decoder.ts';
import type { DecodeJob } from '../../src/cli/record-run.ts';
import { spaceOutput } from '../../src/cli/space-output.ts';
import type { CodecOptions } from '../../src/codec/codec-options.ts';
import { type CompiledDecoder, createCompiledDecoder } from '../../src/codec/compiled/create-compiled-decoder.ts';
import { createCodec } from '../../src/codec/create-codec.ts';
import { layoutOf } from '../../src/copybook/layout-of.ts';
import { parseCopybook } from '../../src/copybook/parse-copybook.ts';
import type { FrameFormat } from '../../src/frames/framer.ts';
import { fixtures } from './overpunch.ts';

const layout = layoutOf(parseCopybook(readFileSync(join(fixtures, 'stock.cpy'), 'utf8')));
const view = ['REC-TYPE:T=TEXT-DETAIL', 'REC-TYPE:P=PRICE-DETAIL'];

/** Five records of 18 bytes. */
export const stock: Buffer = readFileSync(join(fixtures, 'stock.dat'));

/** The same behind descriptor words. */
export const stockWithWords: Buffer = Buffer.concat(
  Array.from({ length: 5 }, (_, at) => [Buffer.from([0, 22, 0, 0]), stock.subarray(18 * at, 18 * at + 18)]).flat(),
);

/** What a run is told. */
export type RunSettings = Pick<DecodeJob, 'skip' | 'limit' | 'strict' | 'maxErrors'> & {
  readonly quarantined: boolean;
  readonly verbose?: boolean;
};

/** Who decodes. */
export interface Decoders {
  readonly compiled: CompiledDecoder | null;
  readonly crew?: DecodeJob['crew'];
  /** Where lines go; default: nowhere but into what is seen. */
  readonly file?: string;
}

/** The options of the codec for records of the stock. */
export function stockOptions({ format }: FrameFormat): CodecOptions {
  return { view, format: format === 'bdw' || format === 'rdw' ? 'rdw' : format === 'text' ? 'text' : 'fixed' };
}

/** The compiled decoder of the stock. */
export function stockDecoder(format: FrameFormat): CompiledDecoder {
  const compiled = createCompiledDecoder(createCodec(layout, stockOptions(format)));
  if ('refused' in compiled) throw new Error(compiled.refused);
  return compiled;
}

/** Everything that can be seen of a run over records of the stock. */
export async function seenRun(
  inputs: readonly InputFile[],
  format: FrameFormat,
  { compiled, crew = null, file }: Decoders,
  { quarantined, verbose = true, ...settings }: RunSettings,
) {
  const codec = compiled?.codec ?? createCodec(layout, stockOptions(format));
  const lines: Uint8Array[] = [];
  const bad: Uint8Array[] = [];
  const into = (parts: Uint8Array[]): OutputTarget => ({
    write: async (bytes) => void parts.push(Uint8Array.from(bytes)),
    commit: async () => undefined,
    abandon: async () => undefined,
  });
  const members = { meta: false, raw: false, frames: false };
  const target = file === undefined ? into(lines) : await outputFile(file);
  const output =
    compiled === null ? jsonOutput(target, { array: false, members }) : spaceOutput(target, compiled.space);
  const quarantine = quarantined ? new BatchedWriter(into(bad)) : null;
  const said: string[] = [];
  const progress: number[][] = [];
  const report = new ProblemReport((text) => void said.push(text), verbose);
  const result = await decodeRun(inputs, {
    format,
    skipBytes: {},
    decoder: codecDecoder(codec),
    compiled,
    crew,
    types: null,
    where: () => true,
    ...settings,
    output,
    quarantine,
    report,
    progress: { update: (...numbers) => void progress.push(numbers), clear: () => undefined },
  });
  await output.commit();
  await quarantine?.commit();
  report.finish();
  const { tally, stopped, culprit, remainder, sample } = result;
  return {
    tally,
    stopped,
    culprit: culprit === null ? null : { ...culprit, bytes: [...culprit.bytes] },
    remainder,
    sample: Buffer.from(sample).toString('hex'),
    said,
    progress,
    lines: file === undefined ? Buffer.concat(lines).toString('utf8') : readFileSync(file, 'utf8'),
    bad: Buffer.concat(bad).toString('utf8'),
  };
}
