import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameIssue, quarantineLine, quarantineLineParts } from '../../src/frames/quarantine-line.ts';
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

  it('keeps a segment a segment', () => {
    const bytes = utf8('half');
    const issue = frameIssue({ code: 'RDW_SEGMENT', message: 'a segment' }, bytes);
    const line = quarantineLine({ file: 'a', record: 7, offset: 3, bytes, issues: [issue] });
    expect(shown(cut(utf8(line), format).pieces)).toEqual(['RDW_SEGMENT 0:half']);
  });

  it('says in which line something is wrong', () => {
    const good = quarantineLine({ file: 'a', record: 1, offset: 0, bytes: utf8('x'), issues: [] });
    const { pieces } = cut(utf8(`${good}\n\n\r\nwrong\n`), format, { chunks: [3] });
    expect(pieces[1]).toMatchObject({ kind: 'garbage', line: 4 });
  });

  it('is written in parts, so that no record is too long for it', () => {
    const bytes = new Uint8Array(3 * 1024 * 1024).fill(0xc1);
    const parts = [...quarantineLineParts({ file: 'a', record: 1, offset: 0, bytes, issues: [] })];
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(2 * 1024 * 1024);
    expect(JSON.parse(parts.join(''))._raw).toBe('C1'.repeat(bytes.length));
  });

  it('has no control characters that a terminal acts on', () => {
    const line = quarantineLine({ file: 'a\u009b1m\u007f', record: 1, offset: 0, bytes: utf8('x'), issues: [] });
    expect(line).toContain('a\\u009b1m\\u007f');
  });
});
