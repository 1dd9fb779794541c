import { describe, expect, it } from 'vitest';
import { membersJson, memberTexts } from '../../src/cli/record-members.ts';
import { codecOf, hex } from '../codec/codec-of.ts';

const bytes = hex('C1');
const reading = codecOf('01 R. 05 A PIC X.').read(bytes);
const record = { file: '=a\u009b', recordNumber: 1, offset: 0, bytes, reading, issues: [] };

describe('the members of a record', () => {
  it('hold no control characters that a terminal acts on', () => {
    expect(membersJson(record, true, true)).toBe(
      '"_file":"=a\\u009b","_record":1,"_offset":0,"_length":1,"_view":null,"_issues":[],"_raw":"C1"',
    );
  });

  it('keep spreadsheets from running the name of a file when --csv-safe', () => {
    expect(memberTexts(record, true, false, true)[0]).toBe("'=a\u009b");
    expect(memberTexts(record, true, false, false)[0]).toBe('=a\u009b');
  });
});
