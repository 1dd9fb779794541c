/**
 * `measure-contender.ts CASE CONTENDER FILE [DUMP]`: decode a file in memory again and again and print a Measured. With DUMP decode it
 * once, write the lines there and measure nothing.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { median } from '../median-times.ts';
import { parserDecoder } from './binary-parser.ts';
import { decodeCase } from './cases.ts';
import type { Measured } from './contender.ts';
import { type LineDecoder, lineDecoder } from './line-decoder.ts';
import { codecOf } from './sample-records.ts';
import { terminalDecoder } from './terminal-frames.ts';

const rounds = 5;
const warmTime = 300; // ms
const shortest = 0.02; // seconds: what takes less is done several times

const [caseName = '', contender = '', path = '', dump] = process.argv.slice(2);

function decoderOf(): LineDecoder {
  if (contender !== 'compiled' && contender !== 'reference' && contender !== 'binary-parser') {
    throw new Error(`no contender ${contender}`);
  }
  if (caseName === 'itc') return terminalDecoder(contender);
  const sample = decodeCase(caseName);
  const codec = codecOf(sample, `${caseName}.cpy`);
  const framing = sample.framing ?? 'fixed';
  return contender === 'binary-parser' ? parserDecoder(codec, framing) : lineDecoder(codec, framing, contender);
}

function measure(decode: LineDecoder, file: Uint8Array): Measured {
  // Lines stay where a file or a pipe would take them from, as those of the baseline do.
  const size = file.length;
  let written = 0;
  const take = (lines: Uint8Array): void => {
    written += lines.length;
  };
  const seconds = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const once = (): { time: number; records: number } => {
    const started = seconds();
    let times = 0;
    let records = 0;
    do {
      records = decode(decode.room?.(size) ?? file, take);
      times++;
    } while (seconds() - started < shortest);
    return { time: (seconds() - started) / times, records };
  };
  const warmUntil = performance.now() + warmTime;
  while (performance.now() < warmUntil) once();
  const all = Array.from({ length: rounds }, once);
  if (written === 0) throw new Error('no line was written');
  return { seconds: median(all.map(({ time }) => time)), bytes: size, records: all[0]?.records ?? 0 };
}

const decode = decoderOf();
const bytes = readFileSync(path);
decode.room?.(bytes.length).set(bytes);
if (dump === undefined) {
  process.stdout.write(JSON.stringify(measure(decode, bytes)));
} else {
  const file = openSync(dump, 'w');
  decode(decode.room?.(bytes.length) ?? bytes, (lines) => {
    for (let at = 0; at < lines.length; ) at += writeSync(file, lines, at);
  });
  closeSync(file);
}
