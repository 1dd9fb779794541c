import fc from 'fast-check';
import iconv from 'iconv-lite';
import { beforeAll, describe, expect, test } from 'vitest';
import { codePage, codePageNames, registerEncodings } from '../../src/ebcdic/index.ts';

describe('EBCDIC pages as encodings of iconv-lite', () => {
  beforeAll(() => {
    registerEncodings();
    registerEncodings();
  });

  test('usual names work', () => {
    for (const name of [
      'cp037',
      'IBM037',
      'ibm-37',
      '037',
      'IBM01140',
      'cp1147',
      'ebcdic-cp-us',
      'x-IBM930',
      'IBM300',
    ]) {
      expect(iconv.encodingExists(name), name).toBe(true);
    }
    expect(iconv.decode(Buffer.from('C1C29F15', 'hex'), 'cp1140')).toBe('AB€\u0085');
    expect(iconv.decode(Buffer.from('C1C29F15', 'hex'), 'ibm-1140,swaplfnl')).toBe('AB€\n');
    expect(iconv.encode('AB€', 'IBM01140').toString('hex')).toBe('c1c29f');
  });

  test('encodings that were there before stay as they were', () => {
    expect(iconv.decode(Buffer.from('80', 'hex'), 'cp437')).toBe('Ç');
    expect(iconv.decode(Buffer.from('A4', 'hex'), '866')).toBe('д');
    expect(iconv.decode(Buffer.from('B0A1', 'hex'), 'cp949')).toBe('가');
  });

  test('what cannot be written becomes substitutes', () => {
    expect(iconv.encode('A€😀B', 'cp037').toString('hex')).toBe('c13f3fc2');
    expect(iconv.encode('Ａ€', 'ibm-300').toString('hex')).toBe('42c1fefe');
    expect(iconv.encode('美\u0600美', 'ibm-939').toString('hex')).toBe('0e457d0f3f0e457d0f');
  });

  test('a base and its mark in different chunks keep their common code', () => {
    const encoder = iconv.getEncoder('IBM1390');
    const written = ['か', '\u309a', '美'].map((part) => encoder.write(part));
    expect(Buffer.concat([...written, encoder.end() ?? Buffer.alloc(0)])).toEqual(
      iconv.encode('か\u309a美', 'IBM1390'),
    );
  });

  test('chunks give the same as the whole', () => {
    const pages = codePageNames().filter((name) => name.startsWith('IBM'));
    fc.assert(
      fc.property(
        fc.constantFrom('IBM939', 'IBM1390', 'IBM300', 'IBM037'),
        fc.array(
          fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('美', 'か', '\u309a', '𠀋', 'Ａ', '\uD840', '\uDC0B')),
          { maxLength: 8 },
        ),
        (name, parts) => {
          const encoder = iconv.getEncoder(name);
          const written = Buffer.concat([
            ...parts.map((part) => encoder.write(part)),
            encoder.end() ?? Buffer.alloc(0),
          ]);
          expect(written.toString('hex')).toBe(iconv.encode(parts.join(''), name).toString('hex'));
          const decoder = iconv.getDecoder(name);
          let text = '';
          for (const byte of written) text += decoder.write(Buffer.of(byte));
          text += decoder.end() ?? '';
          expect(text).toBe(codePage(name).decode(written).text);
        },
      ),
      { numRuns: 500 },
    );
    expect(pages.length).toBeGreaterThan(70);
  });

  test('any bytes in any chunks decode like the whole', () => {
    const interesting = fc.oneof(fc.constantFrom(0x0e, 0x0f, 0x40, 0x42, 0xc1), fc.nat(255));
    fc.assert(
      fc.property(fc.constantFrom('IBM939', 'IBM300', 'IBM500'), fc.array(fc.array(interesting)), (name, chunks) => {
        const decoder = iconv.getDecoder(name);
        const text = chunks.map((chunk) => decoder.write(Buffer.from(chunk))).join('') + (decoder.end() ?? '');
        expect(text).toBe(codePage(name).decode(Uint8Array.from(chunks.flat())).text);
      }),
      { numRuns: 1000 },
    );
  });
});
