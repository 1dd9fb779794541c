import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameIssue, quarantineLine } from '../../src/frames/quarantine-line.ts';
import { cut, shown } from './cut.ts';

const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));
const format = { format: 'quarantine' } as const;

describe('quarantine', () => {
  it('gives back what was put in: bytes, file, record number and offset', () => {
    const entry = fc.record({
      file: fc.string(),
      record: fc.nat(),
      offset: fc.nat(),
      bytes: fc.uint8Array({ maxLength: 50 }),
    });
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const text = entries.map((entry) => `${quarantineLine({ ...entry, issues: [] })}\n`).join('');
        const { pieces } = cut(utf8(text), format, { chunks: [7] });
        const back = pieces.map(({ bytes, origin }) => ({ ...origin, bytes }));
        expect(back).toEqual(entries);
      }),
    );
  });

  it('keeps framing garbage garbage', () => {
    const bytes = utf8('junk');
    const issue = frameIssue({ code: 'RDW_LENGTH', message: 'impossible' }, bytes);
    const line = quarantineLine({ file: 'a', record: null, offset: 3, bytes, issues: [issue] });
    expect(shown(cut(utf8(line), format).pieces)).toEqual(['RDW_LENGTH 0:junk']);
  });

  it.each([
    ['no JSON', 'not JSON'],
    ['[1]', 'not a JSON object'],
    ['{"_file":"a","_record":1,"_offset":0}', '_raw is not a text'],
    ['{"_file":"a","_record":1,"_offset":0,"_raw":"C"}', 'not hexadecimal'],
    ['{"_file":1,"_record":1,"_offset":0,"_raw":"C1"}', '_file is not a text'],
    ['{"_file":"a","_record":1.5,"_offset":0,"_raw":"C1"}', '_record is neither'],
    ['{"_file":"a","_record":1,"_offset":-1,"_raw":"C1"}', '_offset is not'],
  ])('takes %s as garbage', (line, message) => {
    const { pieces } = cut(utf8(`${line}\n`), format);
    expect(pieces).toHaveLength(1);
    expect(pieces[0]).toMatchObject({
      kind: 'garbage',
      code: 'QUARANTINE_LINE',
      message: expect.stringContaining(message),
    });
  });
});
