import { describe, expect, it } from 'vitest';
import { createCodec } from '../../src/codec/create-codec.ts';
import { joinLayouts, joinRecords } from '../../src/copybook/join-records.ts';
import type { RecordLayout } from '../../src/copybook/layout.ts';
import { layoutOf } from '../../src/copybook/layout-of.ts';
import { parseCopybook } from '../../src/copybook/parse-copybook.ts';

const layout = (text: string) => layoutOf(parseCopybook(text, { sourceFormat: 'free' }));
const record = (text: string): RecordLayout => {
  const [first] = layout(text).records;
  if (first === undefined) throw new Error('no record');
  return first;
};

const header = record('01 HEAD. 05 LEN PIC 9(4) COMP. 05 KIND PIC X(2). 05 STAMP PIC 9(3).');
const bodyText = `01 BODY.
  05 N PIC 9.
  05 KIND PIC X.
  05 T OCCURS 0 TO 3 DEPENDING ON N.
     10 V PIC X.
     10 W REDEFINES V PIC 9.
  05 REST PIC X(2).`;

describe('a header joined with a body', () => {
  const joined = joinRecords(header, record(bodyText));

  it('is one record of the body’s name, whose items keep copybook order', () => {
    expect(joined.items.map(({ path, offset, index }) => `${index} ${path}@${offset}`)).toEqual([
      '0 BODY@0',
      '1 BODY.LEN@0',
      '2 BODY.KIND@2',
      '3 BODY.STAMP@4',
      '4 BODY.N@7',
      '5 BODY.KIND@8',
      '6 BODY.T@9',
      '7 BODY.T.V@9',
      '8 BODY.T.W@9',
      '9 BODY.REST@12',
    ]);
    expect([joined.minimumLength, joined.maximumLength]).toEqual([11, 14]);
  });

  it('refers to nothing but its own items', () => {
    const own = new Set(joined.items);
    for (const item of joined.items) {
      const named = [item.parent, item.redefines, item.occurs?.counter, ...item.children, ...item.views];
      for (const other of named) if (other != null) expect(own.has(other)).toBe(true);
    }
  });

  it('decodes and encodes as one record, members of the header first', () => {
    const codec = createCodec(joinLayouts(header, layout(bodyText)), { codepage: 'ascii', format: 'rdw' });
    const bytes = Uint8Array.from(Buffer.from('\0\x0dAB1232Yxy..', 'latin1'));
    const { value, issues } = codec.decode(bytes);
    expect(issues).toEqual([]);
    expect(JSON.stringify(value)).toBe(
      '{"LEN":13,"KIND":"AB","STAMP":123,"N":2,"KIND-2":"Y","T":[{"V":"x"},{"V":"y"}],"REST":".."}',
    );
    expect(codec.encode(value).bytes).toEqual(bytes);
  });

  it('refuses a header of varying length and records that are no groups', () => {
    expect(() => joinRecords(record(bodyText), header)).toThrow('the length of BODY varies');
    expect(() => joinRecords(header, record('77 ALONE PIC X.'))).toThrow('ALONE is no group');
  });
});
