import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createFramer, type FrameFormat } from '../../src/frames/index.ts';
import { type Framing, parseRecordCase, type WordFraming } from './case-schema.ts';
import { parseExactJson } from './exact-json.ts';
import { frameFile } from './framings.ts';

const folder = fileURLToPath(new URL('../../fixtures/conformance/passing/framing', import.meta.url));
const layoutLength = 6; // of the copybook that the fixtures of fixed length share

/** A framing as the product's options say it; `null` where the product has none like it. */
function productFormat(framing: Framing): FrameFormat | null {
  const word = ({ endian, inclusive, adjust }: WordFraming) => ({ endian, inclusive, adjustment: adjust });
  const extra = framing.record_prefix + framing.record_suffix;
  switch (framing.format) {
    case 'fixed':
      return { format: 'fixed', recordLength: framing.length ?? layoutLength + extra };
    case 'rdw':
      return { format: 'rdw', rdw: word(framing) };
    case 'vb':
      return { format: 'bdw', bdw: word(framing.bdw), rdw: word(framing.rdw) };
    case 'text':
      return { format: 'text' };
    default:
      return null;
  }
}

describe('the product cuts a file as the format does', () => {
  const cases = readdirSync(folder).flatMap((name) => {
    const { framing } = parseRecordCase(parseExactJson(readFileSync(join(folder, name, 'case.json'), 'utf8')));
    const format = productFormat(framing);
    return format === null ? [] : [{ name, framing, format }];
  });

  it.each(cases)('$name', ({ name, framing, format }) => {
    const file = readFileSync(join(folder, name, 'data.bin'));
    const framer = createFramer(format, {
      fileStart: framing.file_header,
      fileEnd: framing.file_trailer,
      recordStart: framing.record_prefix,
      recordEnd: framing.record_suffix,
    });
    const pieces = [...framer.push(file), ...framer.end()];
    const lengths = { maximum: layoutLength, byTables: () => 0, fieldText: () => null };
    const records = frameFile(file, framing, lengths);
    expect(pieces.map(({ kind, bytes }) => `${kind} ${Buffer.from(bytes).toString('hex')}`)).toEqual(
      records.map((bytes) => `record ${Buffer.from(bytes).toString('hex')}`),
    );
  });

  it('in more than one way', () => {
    expect(new Set(cases.map(({ format }) => format.format)).size).toBe(4);
  });
});
