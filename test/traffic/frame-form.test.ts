import { describe, expect, test } from 'vitest';
import type { CodecOptions } from '../../src/codec/codec-options.ts';
import { createCodec } from '../../src/codec/create-codec.ts';
import { layoutOf } from '../../src/copybook/layout-of.ts';
import { parseCopybook } from '../../src/copybook/parse-copybook.ts';
import { type FrameForm, frameForm } from '../../src/traffic/frame-form.ts';
import { Random } from '../../src/traffic/random.ts';
import { randomValues } from '../../src/traffic/random-values.ts';
import { WordPool } from '../../src/traffic/word-pool.ts';
import { itc } from './captured.ts';

const words = new WordPool('IBM1147');
const texts = ['', 'A', 'ÉTÉ À PARIS', 'A  B', 'LONGER THAN MOST OF THE FIELDS THERE ARE'];
const pool = texts.map((text) => words.word(text)) as [number, ...number[]];

/** Fill a form with random values many times: what is wrong with the first frame that does not read as it should. */
function firstMistake(form: FrameForm, read: (bytes: Uint8Array) => { text: string; issues: number }): string {
  const random = new Random(1);
  for (const { form: field } of form.fields) form.field(field.item.name ?? '');
  const out = new Uint8Array(form.maximumLength + 7).fill(0xee);
  const json = new Uint8Array(form.jsonRoom);
  const view = new DataView(json.buffer);
  for (let round = 0; round < 40; round++) {
    randomValues(form, form.fields, pool, random);
    const length = form.write(out, 7);
    const { text, issues } = read(out.subarray(7, 7 + length));
    const own = Buffer.from(json.subarray(0, form.putJson(json, 0, view))).toString();
    if (text !== own || issues > 0) return `${issues} issues\n${text}\n${own}`;
  }
  return '';
}

/** The same for a copybook. */
function copybookMistake(lines: readonly string[], options: CodecOptions = {}): string {
  const text = lines.map((line) => `       ${line}\n`).join('');
  const codec = createCodec(layoutOf(parseCopybook(text, { file: 'test.cpy' })), { codepage: 'IBM1147', ...options });
  const form = frameForm(codec, words, { digits: new Set(), views: new Set() });
  return firstMistake(form, (bytes) => {
    const reading = codec.read(bytes);
    return { text: codec.toJson(reading), issues: reading.issues.length };
  });
}

describe('frame forms', () => {
  const views = new Map([['T031', 'PARI-QUINTE']]);
  test.each(itc.types.filter(({ name }) => name !== 'T031').map((type) => [type.name, type] as const))(
    '%s reads as it was filled in',
    (name, type) => {
      const codec = type.codec();
      const form = frameForm(codec, words, { digits: new Set(), views: new Set([views.get(name) ?? '']) });
      const mistake = firstMistake(form, (bytes) => {
        const reading = codec.read(bytes);
        const issues = reading.issues.filter(({ severity }) => severity === 'error');
        return { text: codec.toJson(reading), issues: issues.length };
      });
      expect(mistake).toBe('');
    },
  );

  test('numbers of every kind and size', () => {
    const kinds = ['', ' COMP', ' COMP-3', ' COMP-5', ' COMP-6', ' SIGN LEADING SEPARATE', ' SIGN TRAILING SEPARATE'];
    for (const kind of kinds) {
      const signs = kind === ' COMP-6' ? [''] : kind.startsWith(' SIGN') ? ['S'] : ['', 'S'];
      for (const sign of signs) {
        for (let digits = 1; digits <= 15; digits++) {
          const lines = ['01 R.', ` 05 A PIC ${sign}9(${digits})${kind}.`, ` 05 B PIC ${sign}9(${digits})V99${kind}.`];
          expect(`${lines[1]} ${copybookMistake(digits > 13 ? lines.slice(0, 2) : lines)}`).toBe(`${lines[1]} `);
        }
      }
    }
  });

  test('bits that start anywhere, behind tables that slide', () => {
    expect(
      copybookMistake([
        '01 R.',
        ' 05 N PIC 1(3) BIT.',
        ' 05 G GROUP-USAGE BIT.',
        '  10 T PIC 1(5) OCCURS 0 TO 7 DEPENDING ON N.',
        '  10 W PIC 1(26).',
        ' 05 C PIC 9.',
        ' 05 E OCCURS 0 TO 4 DEPENDING ON C.',
        '  10 X PIC X(3).',
        '  10 M PIC 1(2) BIT.',
        '  10 U PIC X(2) OCCURS 0 TO 3 DEPENDING ON M.',
        '  10 P PIC S9(5)V99 COMP-3 OCCURS 2.',
        ' 05 Z PIC 1(11) BIT.',
        ' 05 Y PIC S9(9) COMP.',
      ]),
    ).toBe('');
  });

  test('names that occur twice, FILLER, groups without a name, floats and blanks of other kinds', () => {
    expect(
      copybookMistake(
        [
          '01 R.',
          ' 05 FILLER.',
          '  10 A PIC 99.',
          '  10 FILLER PIC X(2).',
          ' 05 A PIC X.',
          ' 05 F COMP-2.',
          ' 05 N PIC N(3).',
          ' 05 J PIC X(4) JUSTIFIED RIGHT.',
        ],
        { filler: 'keep' },
      ),
    ).toBe('');
  });
});
