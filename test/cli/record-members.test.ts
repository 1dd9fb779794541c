import { describe, expect, it } from 'vitest';
import { memberNames, membersJson, memberTexts } from '../../src/cli/record-members.ts';
import { codecOf, hex } from '../codec/codec-of.ts';

const bytes = hex('C1');
const codec = codecOf('01 R. 05 A PIC X.');
const reading = codec.read(bytes);
const record = { file: '=a\u009b', recordNumber: 1, offset: 0, bytes, reading, codec, issues: [], head: null };
const all = { meta: true, raw: true, frames: false };

describe('the members of a record', () => {
  it('hold no control characters that a terminal acts on', () => {
    expect(membersJson(record, all)).toBe(
      '"_file":"=a\\u009b","_record":1,"_offset":0,"_length":1,"_view":null,"_issues":[],"_raw":"C1"',
    );
  });

  it('keep spreadsheets from running the name of a file when --csv-safe', () => {
    expect(memberTexts(record, all, true)[0]).toBe("'=a\u009b");
    expect(memberTexts(record, all, false)[0]).toBe('=a\u009b');
  });

  it('say of a frame what its header says, behind the others and before its bytes', () => {
    const head = { type: null, role: 'request', key: '=1', sequence: 7, time: 1_717_250_400_037 } as const;
    const frames = { meta: true, raw: true, frames: true };
    expect(membersJson({ ...record, head }, frames)).toBe(
      `${membersJson(record, { ...all, raw: false })},"_type":null,"_role":"request","_key":"=1","_sequence":7,"_time":"2024-06-01T14:00:00.037Z","_raw":"C1"`,
    );
    expect(memberTexts({ ...record, head }, frames, true).slice(6)).toEqual([
      '',
      'request',
      "'=1",
      '7',
      '2024-06-01T14:00:00.037Z',
      'C1',
    ]);
    expect(memberNames(frames)).toHaveLength(12);
  });

  it('have no time where no calendar has it', () => {
    const head = { type: null, role: null, key: null, sequence: null, time: 9e15 } as const;
    expect(membersJson({ ...record, head }, { meta: true, raw: false, frames: true })).toMatch(/"_time":null$/);
  });
});
