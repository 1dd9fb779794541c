import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CodePage } from '../../src/ebcdic/index.ts';
import { codePage, codePageNames, pureDbcsOf } from '../../src/ebcdic/index.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const encoded = (page: CodePage, text: string): string => {
  const result = page.encode(text);
  return 'bytes' in result
    ? Buffer.from(result.bytes).toString('hex').toUpperCase()
    : `unmappable ${result.unmappable}`;
};
const all = codePageNames().map((name) => codePage(name));

describe('a single-byte page', () => {
  const single = all.filter((page) => page.kind === 'single-byte');

  test.each(single.map((page) => [page.name, page] as const))('%s round-trips every mapped byte', (_, page) => {
    const twice: number[] = [];
    for (let byte = 0; byte < 256; byte++) {
      const read = page.decode(Uint8Array.of(byte));
      const mapped = read.text !== '\uFFFD';
      expect(read.text).toBe(page.toUnicode.charAt(byte));
      expect(read.unmapped).toEqual(mapped ? [] : [0]);
      if (!mapped) continue;
      const written = page.encode(read.text);
      expect(written).toHaveProperty('bytes');
      const same = 'bytes' in written && written.bytes[0] === byte;
      expect(read.exact).toBe(same);
      if (!same) twice.push(byte);
    }
    const known: Record<string, number[]> = {
      IBM838: [0x51, 0xca, 0xe1, 0xfa, 0xfb],
      IBM9030: [0x51, 0xca, 0xe1, 0xfa, 0xfb],
      IBM1160: [0x51, 0xca, 0xe1, 0xfa],
      IBM1132: [0x70],
    };
    expect(twice).toEqual(known[page.name] ?? []);
  });

  test('EBCDIC pages agree on controls, blank and the digits', () => {
    const common = codePage('cp037').toUnicode;
    for (const page of single.filter((candidate) => candidate.family === 'ebcdic')) {
      expect(page.toUnicode.slice(0, 0x41)).toBe(common.slice(0, 0x41));
      expect(page.toUnicode.slice(0xf0, 0xfa)).toBe('0123456789');
      expect(page.toUnicode.charAt(0xff)).toBe('\u009F');
      expect(page.blank).toBe(0x40);
    }
  });

  test('known letters', () => {
    expect(codePage('cp037').decode(bytes('C885939396408F4A4F5A')).text).toBe('Hello ±¢|!');
    expect(codePage('cp1140').decode(bytes('9F')).text).toBe('€');
    expect(codePage('cp273').decode(bytes('C06AD0A1')).text).toBe('äöüß');
    expect(codePage('cp297').decode(bytes('C0D07CE0')).text).toBe('éèàç');
    expect(codePage('cp278').decode(bytes('71E0')).text).toBe('\\É');
    expect(codePage('cp871').decode(bytes('4AC0')).text).toBe('Þþ');
    expect(codePage('cp290').decode(bytes('8162')).text).toBe('\uFF71a');
  });

  test("X'15' and X'25' are NEL and LF, or the other way round with nel: lf", () => {
    for (const page of all.filter(({ family, kind }) => family === 'ebcdic' && kind !== 'dbcs')) {
      expect(page.decode(bytes('1525')).text).toBe('\u0085\n');
      expect(codePage(page.name, { nel: 'lf' }).decode(bytes('1525')).text).toBe('\n\u0085');
      expect(encoded(codePage(page.name, { nel: 'lf' }), '\n\u0085')).toBe('1525');
    }
  });

  test('unmapped bytes are U+FFFD with their offsets, of which at most 256 are kept', () => {
    const page = codePage('cp424');
    expect(page.decode(bytes('4170C1FE'))).toEqual({
      text: 'א\uFFFDA\uFFFD',
      unmapped: [1, 3],
      exact: false,
    });
    expect(page.decode(new Uint8Array(1000).fill(0xfe)).unmapped).toHaveLength(256);
  });

  test('a character that the page does not have is reported with its index', () => {
    expect(encoded(codePage('cp037'), 'AB€')).toBe('unmappable 2');
    expect(encoded(codePage('cp037'), '\uFFFD')).toBe('unmappable 0');
    expect(encoded(codePage('cp1047'), 'AB[')).toBe('C1C2AD');
  });
});

describe('ASCII-family pages', () => {
  test("ascii has no characters from X'80', latin1 has all 256", () => {
    expect(codePage('ascii').decode(bytes('41807F'))).toEqual({ text: 'A\uFFFD\u007F', unmapped: [1], exact: false });
    expect(codePage('latin1').decode(bytes('41E985'))).toEqual({ text: 'Aé\u0085', unmapped: [], exact: true });
    expect(codePage('latin1').blank).toBe(0x20);
  });

  test('utf8 reads well-formed sequences and marks every other byte', () => {
    const page = codePage('utf8');
    expect(page.decode(bytes('41C3A9E282ACF09F9880'))).toEqual({ text: 'Aé€😀', unmapped: [], exact: true });
    expect(page.decode(bytes('EFBBBF41')).text).toBe('\uFEFFA');
    expect(page.decode(bytes('41C0AF42')).unmapped).toEqual([1, 2]);
    expect(page.decode(bytes('EDA080E282')).unmapped).toEqual([0, 1, 2, 3, 4]);
    expect(encoded(page, 'é€😀')).toBe('C3A9E282ACF09F9880');
    expect(encoded(page, 'a\uD800b')).toBe('unmappable 1');
  });

  test('utf8 agrees with the platform on which bytes are well-formed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 12 }),
          fc.string({ unit: 'binary' }).map((s) => Uint8Array.from(Buffer.from(s))),
        ),
        (input) => {
          const read = codePage('utf8').decode(input);
          let reference: string | null;
          try {
            reference = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input);
          } catch {
            reference = null;
          }
          expect(read.exact).toBe(reference !== null);
          if (reference !== null) expect(read.text).toBe(reference);
        },
      ),
    );
  });
});

describe('a mixed page', () => {
  const page = codePage('cp939');

  test('reads pairs between shift-out and shift-in', () => {
    expect(page.decode(bytes('C10E404042C1457D0FC2'))).toEqual({ text: 'A　Ａ美B', unmapped: [], exact: true });
    expect(encoded(page, 'A　Ａ美B')).toBe('C10E404042C1457D0FC2');
  });

  test.each([
    ['C10E42C1', 'Ａ'],
    ['0E42C10F0F', 'Ａ'],
    ['0E0E42C10F', 'Ａ'],
    ['0E42C1420F', 'Ａ\uFFFD'],
    ['0E42C142', 'Ａ\uFFFD'],
    ['0F', ''],
    ['0E', ''],
  ])('%s is unbalanced, its text is read all the same', (hex, text) => {
    expect(page.decode(bytes(hex))).toMatchObject({ problem: 'DBCS_SHIFT', exact: false });
    expect(page.decode(bytes(hex)).text).toContain(text);
  });

  test('needless shifts are read, but are not exact', () => {
    expect(page.decode(bytes('C10E0FC2'))).toEqual({ text: 'AB', unmapped: [], exact: false });
    expect(page.decode(bytes('0E42C10F0E42C20F'))).toEqual({ text: 'ＡＢ', unmapped: [], exact: false });
  });

  test('an unmapped pair is U+FFFD at the offset of its first byte', () => {
    expect(page.decode(bytes('0E42C1FEFE0F'))).toEqual({ text: 'Ａ\uFFFD', unmapped: [3], exact: false });
  });

  test('characters of two code points and beyond the BMP are written as one pair', () => {
    expect(codePage('cp1390').decode(bytes('0EECB5B3420F'))).toEqual({ text: 'か゚𠀋', unmapped: [], exact: true });
    expect(encoded(codePage('cp1390'), 'か゚𠀋か')).toBe('0EECB5B34244860F');
  });

  test('text of its own characters round-trips', () => {
    for (const mixed of all.filter(({ kind }) => kind === 'mixed')) {
      const half = pureDbcsOf(mixed.name);
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.integer({ min: 0x41, max: 0xfe }), fc.integer({ min: 0x41, max: 0xfe }))),
          (pairs) => {
            const text = half.decode(Uint8Array.from(pairs.flat())).text.replaceAll('\uFFFD', 'A');
            const written = mixed.encode(text);
            expect(written).toHaveProperty('bytes');
            if ('bytes' in written) expect(mixed.decode(written.bytes)).toEqual({ text, unmapped: [], exact: true });
          },
        ),
        { numRuns: 30 },
      );
    }
  });
});

describe('a double-byte page', () => {
  test('every pair of every page reads, and writes back when it is exact', () => {
    for (const page of all.filter(({ kind }) => kind === 'dbcs')) {
      let twice = 0;
      let mapped = 0;
      for (let lead = 0x40; lead < 0xff; lead++) {
        for (let trail = 0x40; trail < 0xff; trail++) {
          const pair = Uint8Array.of(lead, trail);
          const read = page.decode(pair);
          if (read.unmapped.length > 0) continue;
          mapped++;
          const written = page.encode(read.text);
          if (!('bytes' in written)) throw new Error(`${page.name} cannot write ${read.text}`);
          const same = written.bytes.length === 2 && written.bytes[0] === lead && written.bytes[1] === trail;
          if (read.exact !== same) throw new Error(`${page.name} is wrong about X'${lead}${trail}'`);
          if (!same) twice++;
        }
      }
      expect(twice, page.name).toBe(page.name === 'IBM835' || page.name === 'IBM9027' ? 189 : 0);
      expect(mapped, page.name).toBeGreaterThan(80);
    }
  });

  test("X'4040' is the ideographic blank and an odd length is a problem", () => {
    const page = pureDbcsOf('cp930');
    expect(page.name).toBe('IBM300');
    expect(page.decode(bytes('457D4040'))).toEqual({ text: '美　', unmapped: [], exact: true });
    expect(page.decode(bytes('404045'))).toEqual({
      text: '　\uFFFD',
      unmapped: [2],
      exact: false,
      problem: 'TEXT_BYTES',
    });
  });

  test('a page without a double-byte half reads what all double-byte pages share and guesses nothing', () => {
    const page = pureDbcsOf('cp037');
    expect(page.name).toBe('DBCS-COMMON');
    expect(page.decode(bytes('42C142F14040457D'))).toEqual({ text: 'Ａ１　\uFFFD', unmapped: [6], exact: false });
    for (const other of all.filter(({ kind }) => kind === 'dbcs')) {
      expect(other.decode(bytes('42C142F14040')).text).toBe('Ａ１　');
    }
  });
});

test('no bytes crash any page, and text that is exact writes back to them', () => {
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.uint8Array({ maxLength: 40 }), (page, input) => {
      const read = page.decode(input);
      const written = page.encode(read.text);
      expect(read.exact).toBe('bytes' in written && Buffer.compare(written.bytes, input) === 0);
      if (read.problem !== undefined || read.unmapped.length > 0) expect(read.exact).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test('no text crashes any page, and what is written reads back', () => {
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.string({ unit: 'binary', maxLength: 20 }), (page, text) => {
      const written = page.encode(text);
      if ('bytes' in written) expect(page.decode(written.bytes)).toEqual({ text, unmapped: [], exact: true });
      else expect(written.unmappable).toBeLessThan(text.length);
    }),
    { numRuns: 2000 },
  );
});
