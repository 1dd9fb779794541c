import { createCodec } from 'overpunch/codec';
import { findItem, type LayoutItem, layoutOf, parseCopybook } from 'overpunch/copybook';
import type { HeaderSource } from 'overpunch/frames';

/** The header of the terminal protocol, 32 bytes in front of every frame. */
const copybook = `
       01  ITC-HEADER.
           05  ITC-LENGTH          PIC 9(4) COMP.
           05  ITC-VERSION         PIC X(2).
           05  ITC-TYPE            PIC X(4).
           05  ITC-DIRECTION       PIC X.
           05  ITC-FLAGS GROUP-USAGE BIT.
               10  ITC-COMPRESSED  PIC 1.
               10  ITC-RESENT      PIC 1.
               10  ITC-TRAINING    PIC 1.
               10  FILLER          PIC 1(5).
           05  ITC-KEY.
               10  ITC-TERMINAL    PIC 9(5).
               10  ITC-TRANSACTION PIC 9(5).
           05  ITC-SEQUENCE        PIC 9(9) COMP.
           05  ITC-TIME            PIC 9(15) COMP-3.
`;

/** Names of the frame types: 75 questions and their answers. */
export const typeNames: readonly string[] = Array.from({ length: 75 }, (_, index) =>
  String(index).padStart(3, '0'),
).flatMap((number) => [`T${number}`, `R${number}`]);

/** Make the header and its types as a catalog gives them. */
export function terminalHeader(): HeaderSource {
  const layout = layoutOf(parseCopybook(copybook, { file: 'ITCHDR.cpy' }));
  const codec = createCodec(layout, { codepage: 'IBM1147' });
  const [record] = layout.records;
  if (record === undefined) throw new Error('the copybook has no record');
  const named = (name: string): LayoutItem => findItem(record, name);
  return {
    header: {
      record,
      codec,
      length: record.maximumLength,
      codepage: 'IBM1147',
      fields: {
        type: named('ITC-TYPE'),
        direction: named('ITC-DIRECTION'),
        key: named('ITC-KEY'),
        sequence: named('ITC-SEQUENCE'),
        time: named('ITC-TIME'),
        length: named('ITC-LENGTH'),
        flags: named('ITC-FLAGS'),
      },
      directions: { request: ['Q'], response: ['R'], notice: ['A'] },
      timeFormat: { kind: 'milliseconds', offset: 0 },
      lengthAdjustment: 0,
      maximumFrame: 4096,
      discriminators: [named('ITC-TYPE')],
    },
    types: typeNames.map((name) => ({ when: [[name]], role: name.startsWith('T') ? 'request' : 'response' })),
  };
}
