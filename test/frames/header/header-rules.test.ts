import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodingSpace } from '../../../src/codec/compiled/decoding-space.ts';
import type { Local } from '../../../src/codec/compiled/wasm/function-writer.ts';
import { ModuleWriter } from '../../../src/codec/compiled/wasm/module-writer.ts';
import { webAssembly } from '../../../src/codec/compiled/wasm/web-assembly.ts';
import { createHeaderReader } from '../../../src/frames/header/create-header-reader.ts';
import type { HeaderReader } from '../../../src/frames/header/header-reader.ts';
import { type HeaderRules, headerRules } from '../../../src/frames/header/header-rules.ts';
import type { HeaderSource } from '../../../src/frames/header/header-source.ts';
import { branchUnlessSound } from '../../../src/frames/header/write-header-rules.ts';
import { headerOf, terminalHeader } from './header-of.ts';
import { randomHeaders } from './random-header.ts';

/** The rules of a protocol in which nothing is compressed. */
function rulesOf({ header, types }: HeaderSource): HeaderRules | null {
  return headerRules({ header, types: types.map(() => ({ compression: null })) });
}

/** Compile rules: gives whether a frame of a length, with this header, keeps to them. */
function soundBy(rules: HeaderRules): (header: Uint8Array, length: number) => boolean {
  if (webAssembly === null) throw new Error('no WebAssembly');
  const space = new DecodingSpace(webAssembly);
  space.reserve(1024, 1);
  const module = new ModuleWriter(space.allocate(0).address);
  const f = module.function(['i32', 'i32'], ['i32']);
  const [address, length] = f.parameters as readonly [Local, Local];
  f.block((unsound) => {
    branchUnlessSound(f, rules, address, length, unsound);
    f.int(1).return();
  });
  f.int(0);
  module.export('sound', f);
  const { exports } = new webAssembly.Instance(new webAssembly.Module(module.finish()), {
    env: { memory: space.memory },
  });
  const { sound } = exports as { readonly sound: (address: number, length: number) => number };
  return (header, size) => {
    space.input.fill(0x41, header.length, header.length + 16);
    space.input.set(header);
    return sound(space.inputAddress, size) === 1;
  };
}

/** Whether all numbers of the header in view can be read. */
function isReadable({ header }: HeaderSource, view: HeaderReader): boolean {
  const { sequence, time, length } = header.fields;
  return !(
    Number.isNaN(view.key + view.flags) ||
    (sequence !== null && Number.isNaN(view.sequence)) ||
    (time !== null && Number.isNaN(view.time)) ||
    (length !== null && Number.isNaN(view.frameLength))
  );
}

describe('the rules of a header', () => {
  it('are kept by none with a number that cannot be read, and of a frame that has another length', () => {
    let ruled = 0;
    fc.assert(
      fc.property(randomHeaders(12), fc.nat({ max: 300 }), ({ source, headers }, more) => {
        const rules = rulesOf(source);
        if (rules === null) return;
        ruled += 1;
        const view = createHeaderReader(source);
        const sound = soundBy(rules);
        for (const header of headers) {
          view.at(header, 0);
          const { frameLength } = view;
          const told = source.header.fields.length === null ? header.length + more : frameLength;
          const fits = told >= header.length && told < 2 ** 31;
          if (fits && sound(header, told)) expect(isReadable(source, view)).toBe(true);
          for (const other of [header.length, header.length + more])
            if (source.header.fields.length !== null && sound(header, other)) expect(other).toBe(frameLength);
          expect(sound(header, header.length - 1)).toBe(false);
        }
      }),
      { numRuns: 400 },
    );
    expect(ruled).toBeGreaterThan(20);
  });

  it('are kept by what is written as usual', () => {
    const source = terminalHeader(3);
    const rules = rulesOf(source);
    if (rules === null) throw new Error('no rules');
    const sound = soundBy(rules);
    const digits = fc.integer({ min: 0, max: 99_999 });
    const time = fc.integer({ min: 0, max: 999_999_999_999_999 });
    fc.assert(
      fc.property(
        digits,
        digits,
        fc.nat({ max: 999_999_999 }),
        time,
        fc.integer({ min: 32, max: 4096 }),
        (terminal, number, seq, at, length) => {
          const { bytes } = source.header.codec.encode({
            ...{ 'ITC-LENGTH': length, 'ITC-VERSION': 'I1', 'ITC-TYPE': 'T001', 'ITC-DIRECTION': 'Q' },
            ...{ 'ITC-FLAGS': { 'ITC-COMPRESSED': 0, 'ITC-RESENT': 0, 'ITC-TRAINING': 0 } },
            ...{
              'ITC-KEY': { 'ITC-TERMINAL': terminal, 'ITC-TRANSACTION': number },
              'ITC-SEQUENCE': seq,
              'ITC-TIME': at,
            },
          });
          if (bytes === null) throw new Error('not encoded');
          expect(sound(bytes, length)).toBe(true);
          expect(sound(bytes, length + 1)).toBe(false);
        },
      ),
    );
  });

  it('know which days there are', () => {
    const source = headerOf({
      copybook: '01 HDR. 05 TYP PIC X. 05 KEYS PIC 9. 05 TIM PIC X(17).',
      fields: { type: 'TYP', key: 'KEYS', time: 'TIM' },
      timeFormat: { kind: 'digits', offset: 0 },
    });
    const rules = rulesOf(source);
    if (rules === null) throw new Error('no rules');
    const sound = soundBy(rules);
    const view = createHeaderReader(source);
    const part = (max: number): fc.Arbitrary<string> =>
      fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'));
    fc.assert(
      fc.property(part(13), part(32), part(24), part(60), part(60), (month, day, ...time) => {
        const text = `2023${month}${day}${time.join('')}123`;
        const bytes = Uint8Array.from([0xc1, 0xf1, ...Buffer.from(text).map((digit) => digit + 0xc0)]);
        view.at(bytes, 0);
        expect(sound(bytes, bytes.length)).toBe(!Number.isNaN(view.time));
      }),
      { numRuns: 1000 },
    );
  });
});
