import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCaptureScanner } from '../../src/frames/capture-scanner.ts';
import { createFramer } from '../../src/frames/framer.ts';
import { captureInput, toyHeader } from './capture-input.ts';

describe('scanning a capture', () => {
  it.each([
    ['with lengths in its headers', toyHeader],
    ['without', { ...toyHeader, lengthAt: null }],
  ])('%s finds the frames that the framer finds, which goes on behind them', (_, header) => {
    const scanner = createCaptureScanner(header);
    fc.assert(
      fc.property(captureInput, fc.nat({ max: 12 }), fc.nat({ max: 300 }), (bytes, room, cut) => {
        const list = new Int32Array(2 * room);
        const to = Math.max(0, bytes.length - cut);
        const { count, next, content, stopped, wanted } = scanner.scan(bytes, 0, to, list);
        const format = { format: 'capture', header } as const;
        const all = createFramer(format);
        const pieces = [...all.push(bytes), ...all.end()];
        const scanned = Array.from({ length: count }, (_, index) => ({
          offset: list[2 * index],
          length: list[2 * index + 1],
        }));
        expect(pieces.slice(0, count)).toMatchObject(scanned.map((one) => ({ kind: 'record', problem: null, ...one })));
        expect(content).toBe(scanned.reduce((sum, { length = 0 }) => sum + length, 0));
        if (stopped === 'full') expect(count).toBe(room);
        if (stopped === 'more') expect(next + wanted).toBeGreaterThan(to);
        const rest = createFramer(format, {}, { offset: next, records: count });
        expect([...rest.push(bytes.subarray(next)), ...rest.end()]).toEqual(pieces.slice(count));
      }),
      { numRuns: 500 },
    );
  });
});
