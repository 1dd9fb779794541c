import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Catalog, FrameType } from '../../../src/frames/catalog/catalog.ts';
import { createFrameReader } from '../../../src/frames/catalog/create-frame-reader.ts';
import type { FrameReading } from '../../../src/frames/catalog/frame-reading.ts';
import { loadCatalog } from '../../../src/frames/catalog/load-catalog.ts';
import { ebcdic, hex } from '../../codec/codec-of.ts';
import { catalogText, writeProtocol } from './protocol.ts';

const catalog = loadCatalog(writeProtocol());
const reader = createFrameReader(catalog);

const head = {
  'HDR-LENGTH': 0,
  'HDR-FLAGS': { 'HDR-PACKED': 0, 'HDR-AGAIN': 0 },
  'HDR-KEY': 42,
  'HDR-NUMBER': 7,
  'HDR-TIME': 1_700_000_000,
};
const question = {
  ...head,
  'HDR-TYPE': 'Q1',
  'HDR-WAY': 'Q',
  'Q1-NAME': 'ANNA',
  'Q1-KIND': 'N',
  'Q1-NUMBER': 123456,
  'Q1-COUNT': 2,
  'Q1-ITEM': ['ABC', 'D'],
};
const answer = { ...head, 'HDR-TYPE': 'R1', 'HDR-WAY': 'R', 'R1-STATUS': 0, 'R1-TEXT': 'FINE' };
const packed = { ...answer, 'HDR-FLAGS': { 'HDR-PACKED': 1, 'HDR-AGAIN': 0 } };

function typeOf(name: string, of: Catalog = catalog): FrameType {
  const type = of.typeNamed(name);
  if (type === undefined) throw new Error(`no type ${name}`);
  return type;
}

function written(value: Record<string, unknown>, of: Catalog = catalog): Uint8Array {
  const { bytes, issues } = createFrameReader(of).encode(typeOf(String(value['HDR-TYPE']), of), value);
  expect(issues).toEqual([]);
  return bytes ?? new Uint8Array(0);
}

/** The frame with other bytes from an offset on. */
function changed(frame: Uint8Array, offset: number, bytes: string): Uint8Array {
  const copy = Uint8Array.from(frame);
  copy.set(hex(bytes), offset);
  return copy;
}

/** Issues as `CODE@OFFSET+LENGTH PATH hex`. */
function issuesOf({ issues }: Pick<FrameReading, 'issues'>): readonly string[] {
  return issues.map(({ code, offset, length, path, hex: bytes }) => `${code}@${offset}+${length} ${path} ${bytes}`);
}

describe('reading a frame', () => {
  test('gives what its header says, and header and body as one record', () => {
    const frame = written(question);
    const reading = reader.read(frame);
    expect(reading).toMatchObject({ role: 'request', key: '42', sequence: 7, time: 1_700_000_000_000, issues: [] });
    expect(reading.type).toBe(typeOf('Q1'));
    expect(reading.plain).toBe(frame);
    expect(reading.reading && typeOf('Q1').codec().toValue(reading.reading)).toEqual({
      ...question,
      'HDR-LENGTH': frame.length,
    });
  });

  test('decompresses the body when the flag says so', () => {
    const plain = written(answer);
    const small = written(packed);
    expect(plain.length).toBe(19 + 41);
    expect(Buffer.from(small.subarray(19)).toString('hex')).toBe('c5f0c6c9d5c59f8500');
    const reading = reader.read(small);
    expect(reading.plain.length).toBe(60);
    expect(reading.reading && typeOf('R1').codec().toValue(reading.reading)).toEqual({
      ...packed,
      'HDR-LENGTH': small.length,
    });
    expect(reader.read(plain).issues).toEqual([]);
  });

  test('says that the header is cut', () => {
    expect(reader.read(hex('0012'))).toMatchObject({
      type: null,
      role: null,
      key: null,
      sequence: null,
      time: null,
      reading: null,
    });
    expect(issuesOf(reader.read(hex('0012')))).toEqual(['HEADER_CUT@0+2  0012']);
    expect(issuesOf(reader.read(new Uint8Array(0)))).toEqual(['HEADER_CUT@0+0  ']);
  });

  test('says which fields of the header cannot be read, and decodes the rest', () => {
    const bad = changed(written(question), 10, 'FFFF');
    const reading = reader.read(bad);
    expect(reading.sequence).toBeNull();
    expect(issuesOf(reading)).toEqual(['HEADER_FIELD@10+3 HDR-NUMBER FFFF7F', 'PACKED_DIGIT@10+3 HDR-NUMBER FFFF7F']);
    expect(reading.reading).not.toBeNull();
    expect(issuesOf(reader.read(changed(bad, 6, 'C1'))).filter((text) => text.startsWith('HEADER'))).toEqual([
      'HEADER_FIELD@6+4 HDR-KEY C1F0F4F2',
      'HEADER_FIELD@10+3 HDR-NUMBER FFFF7F',
    ]);
  });

  test('refuses a header that lies about the length, before all else but its own fields', () => {
    const frame = written(question);
    const lying = reader.read(changed(frame, 0, '0063D9F9'));
    expect(issuesOf(lying)).toEqual(['HEADER_LENGTH@0+2 HDR-LENGTH 0063']);
    expect(lying.reading).toBeNull();
    expect(issuesOf(reader.read(frame.subarray(0, 30)))).toEqual([expect.stringContaining('HEADER_LENGTH')]);
  });

  test('says that no type fits, and takes the role from the direction', () => {
    const reading = reader.read(changed(written(question), 2, 'E7E7'));
    expect(issuesOf(reading)).toEqual(['FRAME_TYPE@2+2 HDR-TYPE E7E7']);
    expect(reading).toMatchObject({ type: null, role: 'request', key: '42', reading: null });
  });

  test('says that a frame goes the wrong way, and decodes it all the same', () => {
    const reading = reader.read(changed(written(question), 4, 'D9'));
    expect(issuesOf(reading)).toEqual(['FRAME_DIRECTION@4+1 HDR-WAY D9']);
    expect(reading.role).toBe('request');
    expect(reading.reading).not.toBeNull();
    expect(issuesOf(reader.read(changed(written(question), 4, '6F')))).toEqual(['FRAME_DIRECTION@4+1 HDR-WAY 6F']);
  });

  test('says where a body does not decompress, counted in the frame as it was sent', () => {
    const body = (bytes: string): FrameReading => {
      const frame = Buffer.concat([written(packed).subarray(0, 19), hex(bytes)]);
      frame.writeUInt16BE(frame.length);
      return reader.read(frame);
    };
    expect(issuesOf(body('C5F0C6'))).toEqual([expect.stringMatching(/^COMPRESSED_CUT@\d+\+/)]);
    expect(issuesOf(body('C1F040'))).toEqual([expect.stringMatching(/^COMPRESSED_ABORT@21\+1 {2}40/)]);
    expect(body('C1F040').reading).toBeNull();
    expect(issuesOf(body('BFF0BFF000'))).toEqual([expect.stringContaining('DECOMPRESSED_SIZE')]);
  });

  test('keeps the issues of the fields behind those of the frame, with offsets in the plain frame', () => {
    const small = written({ ...packed, 'R1-TEXT': '' });
    expect(Buffer.from(small.subarray(19)).toString('hex')).toBe('c1f09f8900');
    expect(issuesOf(reader.read(changed(changed(small, 20, '0B'), 4, 'D8')))).toEqual([
      'FRAME_DIRECTION@4+1 HDR-WAY D8',
      'ZONED_DIGIT@19+1 R1-STATUS 0B',
    ]);
  });

  test('never throws for bytes', () => {
    const frames = [written(question), written(answer), written(packed)];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 80 }),
          fc
            .tuple(
              fc.constantFrom(...frames),
              fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { maxLength: 6 }),
              fc.nat(60),
            )
            .map(([frame, edits, length]) => {
              const bytes = Uint8Array.from(frame.subarray(0, length));
              for (const [at, byte] of edits) bytes[at] = byte;
              if (bytes.length > 1) new DataView(bytes.buffer).setUint16(0, bytes.length);
              return bytes;
            }),
        ),
        (bytes) => {
          const reading = reader.read(bytes);
          expect(reader.explain(bytes).issues).toEqual(reading.issues);
          if (reading.reading === null) expect(reading.issues.length).toBeGreaterThan(0);
          for (const { offset, length } of reading.issues) {
            expect(offset + length).toBeLessThanOrEqual(Math.max(bytes.length, reading.plain.length));
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('explaining a frame', () => {
  test('gives the spans of the plain frame, and where its body came from', () => {
    const frame = written(packed);
    const { explained, segments, plain } = reader.explain(frame);
    expect(explained?.length).toBe(plain.length);
    expect(
      segments.map(({ kind, offset, length, from, fromLength }) => [kind, offset, length, from, fromLength]),
    ).toEqual([
      ['literal', 0, 5, 0, 6],
      ['repeat', 5, 31, 6, 1],
      ['repeat', 36, 5, 7, 1],
    ]);
    expect(reader.explain(written(answer)).segments).toEqual([]);
    expect(reader.explain(hex('00'))).toMatchObject({ explained: null, segments: [] });
  });
});

describe('writing a frame', () => {
  test('puts the length there whatever the value says, or does not say', () => {
    const { 'HDR-LENGTH': _, ...without } = question;
    for (const value of [without, { ...question, 'HDR-LENGTH': 'nonsense' }, { ...question, 'HDR-LENGTH': 99_999 }]) {
      expect(written(value)).toEqual(written(question));
    }
  });

  test('counts the length as the catalog says, in any form', () => {
    const forms = [
      ['PIC X(4)', 'counts: body'],
      ['PIC 9(3) COMP-3', 'adjustment: 4'],
      ['PIC 9(4) COMP-5', 'counts: body, adjustment: -2'],
    ];
    for (const [form = '', counts = ''] of forms) {
      const text = catalogText
        .replace('  time:', `  length: { ${counts} }\n  time:`)
        .replace('flag: HDR-PACKED', 'flag: HDR-FLAGS');
      const file = writeProtocol(text, {
        'HDR.cpy': `       01  HDR.
           05  HDR-LENGTH      ${form}.
           05  HDR-TYPE        PIC X(2).
           05  HDR-WAY         PIC X.
           05  HDR-FLAGS       PIC X.
           05  HDR-KEY         PIC 9(4).
           05  HDR-NUMBER      PIC 9(5) COMP-3.
           05  HDR-TIME        PIC 9(10) COMP-3.
`,
      });
      const other = loadCatalog(file);
      const value = { ...question, 'HDR-FLAGS': '' };
      const frame = written(value, other);
      const { issues } = createFrameReader(other).read(frame);
      expect({ form, issues }).toEqual({ form, issues: [] });
    }
  });

  test('refuses values that the codec refuses, headers of another type, and frames beyond the maximum', () => {
    const codes = (value: Record<string, unknown>, of: Catalog = catalog): readonly string[] =>
      createFrameReader(of)
        .encode(typeOf('Q1', of), value)
        .issues.map(({ code }) => code);
    expect(codes({ ...question, 'Q1-COUNT': 9 })).not.toEqual([]);
    expect(codes({ ...question, 'HDR-TYPE': 'R1' })).toEqual(['FRAME_TYPE']);
    expect(codes({ ...question, 'HDR-TYPE': '??' })).toEqual(['FRAME_TYPE']);
    const short = loadCatalog(writeProtocol(catalogText.replace('  time:', '  maximum: 40\n  time:')));
    expect(codes(question, short)).toEqual(['FRAME_LENGTH']);
    expect(codes(null as never)).not.toEqual([]);
  });

  test.each(['nje', 'sna', 'run-length', 'cut', 'bitmap'])(
    'compresses by %s so that reading gives the value back',
    (scheme) => {
      const other = loadCatalog(
        writeProtocol(catalogText.replace('role: request,', `role: request, compression: ${scheme},`)),
      );
      const text = fc.string({ unit: fc.constantFrom('A', ' ', 'B'), maxLength: 8 }).map((value) => value.trimEnd());
      fc.assert(
        fc.property(
          text,
          fc.array(
            text.map((value) => value.slice(0, 3).trimEnd()),
            { maxLength: 4 },
          ),
          fc.nat(999_999),
          (name, items, number) => {
            const value = {
              ...question,
              'Q1-NAME': name,
              'Q1-NUMBER': number,
              'Q1-COUNT': items.length,
              'Q1-ITEM': items,
            };
            const frame = written(value, other);
            const { reading, issues } = createFrameReader(other).read(frame);
            expect(issues).toEqual([]);
            expect(reading && typeOf('Q1', other).codec().toValue(reading)).toEqual({
              ...value,
              'HDR-LENGTH': frame.length,
            });
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  test('leaves out the top level fields of the body that hold nothing, a table and a redefined area as one each', () => {
    const other = loadCatalog(
      writeProtocol(catalogText.replace('role: request,', 'role: request, compression: bitmap,')),
    );
    const frame = written({ ...question, 'Q1-NAME': '', 'Q1-COUNT': 0, 'Q1-ITEM': [] }, other);
    // Fields 2 to 6: NAME, KIND, DATA, COUNT, ITEM.
    expect(Buffer.from(frame.subarray(19)).toString('hex')).toBe(
      `3800000000000000${Buffer.from(ebcdic('N1234560')).toString('hex')}`,
    );
  });
});
