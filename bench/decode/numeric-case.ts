import type { DecodeCase } from './decode-case.ts';

const fields = 250;
const pictures = [
  'PIC S9(7)V99 COMP-3',
  'PIC S9(7)V99',
  'PIC S9(9) COMP',
  'PIC 9(5)',
  'PIC S9(13)V99 COMP-3',
  'PIC S9(4) COMP',
  'PIC 9(8)',
  'PIC S9(3) COMP-3',
  'PIC S9(11)V99 COMP',
  'PIC S9(11)V9(4)',
];

/** Numbers only, every form of them. */
export const numbers: DecodeCase = {
  title: '250 zoned, packed and binary numbers',
  copybook: `
       01  MEASURES.
${Array.from({ length: fields }, (_, index) => {
  return `           05  VALUE-${String(index + 1).padStart(3, '0')}      ${pictures[index % pictures.length]}.\n`;
}).join('')}`,
  contents: { text: () => '' },
  floor: 0.9,
  goal: 1.3,
};
