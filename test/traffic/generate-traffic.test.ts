import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OverpunchError } from '../../src/errors.ts';
import type { Catalog } from '../../src/frames/catalog/catalog.ts';
import { createFrameReader } from '../../src/frames/catalog/create-frame-reader.ts';
import type { FrameReader } from '../../src/frames/catalog/frame-reading.ts';
import { loadCatalog } from '../../src/frames/catalog/load-catalog.ts';
import { growCatalog } from '../frames/grow-catalog.ts';
import { type Captured, captured, itc, recordsOf } from './captured.ts';

const blankNumbers = 'BLANK_NUMERIC'; // a field that says nothing is null, with a note

const readers = new Map<Catalog, FrameReader>();

function readerOf(catalog: Catalog): FrameReader {
  const reader = readers.get(catalog) ?? createFrameReader(catalog);
  readers.set(catalog, reader);
  return reader;
}

/** What reading a capture gives instead of its truth; empty when all is well. */
function contradictions({ capture, text, lines }: Captured, catalog: Catalog): string[] {
  const reader = readerOf(catalog);
  const texts = text.split('\n');
  return lines.flatMap((line, index) => {
    const frame = reader.read(capture.subarray(line.offset, line.offset + line.length));
    const errors = frame.issues.filter(({ severity }) => severity === 'error');
    if (line.malformed !== undefined) return errors.length > 0 ? [] : [`${line.type} ${line.malformed} reads`];
    const issues = frame.issues.filter(({ code }) => code !== blankNumbers);
    const found = {
      type: frame.type?.name,
      role: frame.role,
      key: frame.key,
      sequence: frame.sequence,
      time: new Date(frame.time ?? Number.NaN).toISOString(),
      issues: issues.length,
    };
    const { type, role, key, sequence, time } = line;
    const value = frame.reading === null ? '' : (frame.type?.codec().toJson(frame.reading) ?? '');
    const same = texts[index]?.endsWith(`"value":${value}}`) === true;
    return same && JSON.stringify(found) === JSON.stringify({ type, role, key, sequence, time, issues: 0 })
      ? []
      : [`${JSON.stringify(found)} ${value}\n  ${texts[index]}`];
  });
}

describe('what is written', () => {
  test('decodes to its truth, frame by frame, for 100 seeds with all that goes wrong', () => {
    const types = new Set<string>();
    for (let seed = 0; seed < 100; seed++) {
      const made = captured({ seed, frames: 200, malformed: 0.02, duplicates: 0.02, retransmissions: 0.02 });
      expect(contradictions(made, itc)).toEqual([]);
      for (const { type } of made.lines) types.add(type);
    }
    const rare = ['N080', 'N081', 'N082', 'N083', 'N084'];
    expect(itc.types.map(({ name }) => name).filter((name) => !types.has(name) && !rare.includes(name))).toEqual([]);
  });

  test('decodes to its truth over hours, with all notices', () => {
    const made = captured({ seed: 3, frames: 4000, rate: 0.5 });
    expect(contradictions(made, itc)).toEqual([]);
    const types = new Set(made.lines.map(({ type }) => type));
    expect(['N080', 'N081', 'N082', 'N083', 'N084', 'N090'].filter((name) => !types.has(name))).toEqual([]);
  });

  test('is as much of every type in a catalog that has grown to 150 types', () => {
    const folder = mkdtempSync(join(tmpdir(), 'overpunch-traffic-'));
    try {
      const catalog = loadCatalog(growCatalog(folder, 150, 1));
      const made = captured({ seed: 1, frames: 8000 }, catalog);
      expect(contradictions(made, catalog)).toEqual([]);
      expect(new Set(made.lines.map(({ type }) => type)).size).toBeGreaterThan(130);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is the same for the same seed, and other for another', () => {
    const first = captured({ seed: 42, frames: 2000 });
    const again = captured({ seed: 42, frames: 2000 });
    const other = captured({ seed: 43, frames: 2000 });
    expect(again.capture.equals(first.capture)).toBe(true);
    expect(again.text).toBe(first.text);
    expect(other.capture.equals(first.capture)).toBe(false);
  });

  test('does not depend on whether the truth is written', () => {
    const { capture } = captured({ seed: 5, frames: 1000 });
    expect(captured({ seed: 5, frames: 1000, truth: false }).capture.equals(capture)).toBe(true);
  });

  test('accounts for every byte: prefixes, frames, and noise', () => {
    const { capture, lines, tally } = captured({ seed: 9, frames: 3000, noise: 0.05 });
    const records = recordsOf(capture);
    const known = new Map(lines.map(({ offset, length }) => [offset, length]));
    expect(records.length).toBe(3000 + tally.noise);
    expect(records.filter(({ offset, length }) => known.get(offset) === length).length).toBe(3000);
    expect(tally.bytes).toBe(capture.length);
    expect([...tally.types.values()].reduce((sum, count) => sum + count, 0)).toBe(3000);
  });
});

describe('options', () => {
  test.each([0, 1, 2, 17, 1000])('%i frames are as many truth lines, in the order of the file', (frames) => {
    const { lines } = captured({ frames });
    expect(lines.length).toBe(frames);
    expect(lines.map(({ offset }) => offset)).toEqual(lines.map(({ offset }) => offset).sort((a, b) => a - b));
  });

  test('a duration ends with it, and the rate holds over it', () => {
    const { capture, lines } = captured({ duration: 120_000, rate: 50, clean: true });
    const times = recordsOf(capture).map(({ time }) => time);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThanOrEqual(120e6);
    expect(lines.length).toBeGreaterThan(5400);
    expect(lines.length).toBeLessThan(6600);
  });

  test.each([0.01, 0.05, 0.2, 0.5])(
    'notices are among the %d frames a second, also where races alone have more',
    (rate) => {
      let frames = 0;
      let notices = 0;
      for (let seed = 0; seed < 8; seed++) {
        const { lines } = captured({ seed, duration: 3_600_000, rate, clean: true });
        frames += lines.length;
        notices += lines.filter(({ role }) => role === 'notice').length;
      }
      const asked = 8 * 3600 * rate;
      expect(Math.abs(frames - asked)).toBeLessThan(4 * Math.sqrt(2 * asked));
      expect(notices).toBeGreaterThan(0);
      expect(notices).toBeLessThan(frames);
    },
  );

  test('customers come in the last five minutes before a race', () => {
    const { lines } = captured({ duration: 3_600_000, rate: 3, clean: true });
    const starts = lines.filter(({ type }) => type === 'N080').map(({ time }) => Date.parse(time));
    const bets = lines.filter(({ type }) => type === 'T031').map(({ time }) => Date.parse(time));
    const within = (from: number, to: number): number =>
      starts.reduce((sum, start) => sum + bets.filter((bet) => bet > start - to && bet <= start - from).length, 0);
    expect(within(0, 60_000)).toBeGreaterThan(5 * within(240_000, 300_000));
  });

  test('clean traffic has nothing wrong: all are answered in time, in order, once', () => {
    const { lines, tally, capture } = captured({ seed: 8, frames: 3000, clean: true });
    const { duplicates, retransmissions, late, missing, orphans, noise, malformed } = tally;
    expect([duplicates, retransmissions, late, missing, orphans, noise, malformed]).toEqual([0, 0, 0, 0, 0, 0, 0]);
    const times = lines.map(({ time }) => Date.parse(time));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const captureTimes = recordsOf(capture).map(({ time }) => time);
    expect(captureTimes).toEqual([...captureTimes].sort((a, b) => a - b));
    const byOffset = new Map(lines.map((line) => [line.offset, line]));
    const end = times.at(-1) ?? 0;
    for (const line of lines) {
      if (line.role === 'response') expect(line.pair).toBeDefined();
      if (line.role === 'request' && Date.parse(line.time) < end - itc.correlation.after)
        expect(line.pair).toBeDefined();
      const partner = line.pair === undefined ? undefined : byOffset.get(line.pair);
      if (partner === undefined || line.role !== 'request') continue;
      expect(Date.parse(partner.time) - Date.parse(line.time)).toBeLessThan(itc.correlation.after);
    }
  });

  test.each(['duplicates', 'retransmissions', 'late', 'missing', 'orphans', 'noise', 'malformed'] as const)(
    '%s happen at their rate, and not at 0',
    (name) => {
      const often = captured({ frames: 4000, clean: true, [name]: 0.2 }).tally;
      expect(often[name]).toBeGreaterThan(200);
      expect(captured({ frames: 4000, [name]: 0 }).tally[name]).toBe(0);
      const all = captured({ frames: 400, clean: true, [name]: 1 });
      expect(all.tally[name]).toBeGreaterThan(50);
      expect(contradictions(all, itc)).toEqual([]);
    },
  );

  test.each([
    { frames: 10, duration: 10 },
    {},
    { frames: -1 },
    { frames: 1.5 },
    { frames: 10, rate: 0 },
    { frames: 10, rate: Number.NaN },
    { frames: 10, terminals: 0 },
    { frames: 10, terminals: 100_000 },
    { frames: 10, late: 1.1 },
    { frames: 10, disorder: -1 },
  ])('%o is refused', (options) => {
    expect(() => captured(options)).toThrow(OverpunchError);
  });
});

describe('pairs', () => {
  const { lines } = captured({
    seed: 6,
    frames: 12_000,
    rate: 400,
    duplicates: 0.02,
    retransmissions: 0.03,
    late: 0.02,
    missing: 0.02,
    orphans: 0.02,
    malformed: 0.02,
  });
  const byOffset = new Map(lines.map((line) => [line.offset, line]));
  const partnerOf = (line: { readonly pair?: number }) => byOffset.get(line.pair ?? -1);

  test('are symmetric, of types that go together, with one key', () => {
    const paired = lines.filter(({ pair }) => pair !== undefined);
    expect(paired.length).toBeGreaterThan(8000);
    const wrong = paired.filter((line) => {
      const { pair, key, type } = partnerOf(line) ?? {};
      return pair !== line.offset || key !== line.key || type !== itc.typeNamed(line.type)?.pairsWith;
    });
    expect(wrong).toEqual([]);
  });

  test('a duplicate is the same frame again, captured later, without a partner of its own', () => {
    const seen = new Map<string, number>();
    let copies = 0;
    for (const line of lines) {
      const identity = `${line.role} ${line.key} ${line.sequence} ${line.time}`;
      if (seen.has(identity)) {
        copies++;
        expect(line.pair).toBeUndefined();
      }
      seen.set(identity, line.offset);
    }
    expect(copies).toBeGreaterThan(100);
  });

  test('a repeated request has the key of the first one, its own sequence and time, and is marked', () => {
    const repeats = lines.filter(({ value }) => (value['ITC-FLAGS'] as { 'ITC-RESENT': number })['ITC-RESENT'] === 1);
    expect(repeats.length).toBeGreaterThan(50);
    let answered = 0;
    for (const repeat of repeats) {
      const firsts = lines.filter(({ key, type, sequence }) => {
        return key === repeat.key && type === repeat.type && sequence !== repeat.sequence;
      });
      expect(firsts.length).toBeGreaterThan(0);
      if (repeat.pair !== undefined) answered++;
      // Only one of them is answered.
      const offsets = new Set([repeat, ...firsts].flatMap(({ pair }) => pair ?? []));
      expect(offsets.size).toBeLessThanOrEqual(1);
    }
    expect(answered).toBeGreaterThan(0);
    expect(answered).toBeLessThan(repeats.length);
  });

  test('late answers come after the window, all others in it', () => {
    const { after, grace } = itc.correlation;
    const delays = lines.flatMap((line) => {
      const partner = partnerOf(line);
      return line.role === 'request' && partner !== undefined ? Date.parse(partner.time) - Date.parse(line.time) : [];
    });
    expect(delays.filter((delay) => delay > after + grace).length).toBeGreaterThan(50);
    expect(delays.filter((delay) => delay > after && delay <= after + grace)).toEqual([]);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
  });

  test.each([0, 1, 50, 300, 2000])('no frame is captured more than %i ms after its time, nor before it', (disorder) => {
    const { capture, lines } = captured({ seed: 2, frames: 4000, rate: 500, disorder });
    const captureTimes = new Map(recordsOf(capture).map(({ offset, time }) => [offset, time / 1000]));
    let latest = 0;
    let disordered = 0;
    const wrong = lines.filter(({ offset, time }) => {
      const event = Date.parse(time);
      const delay = (captureTimes.get(offset) ?? 0) - event;
      const behind = latest - event;
      if (behind > 0) disordered++;
      latest = Math.max(latest, event);
      return !(delay >= 0 && delay <= Math.max(1, disorder) && behind <= disorder);
    });
    expect(wrong).toEqual([]);
    expect(disordered > 0).toBe(disorder > 1);
  });
});

describe('what is said', () => {
  const { lines } = captured({ seed: 11, frames: 20_000, rate: 40, clean: true });
  const requests = new Map(lines.filter(({ role }) => role === 'request').map((line) => [line.offset, line]));

  test('tickets start with the number of the terminal that sold them', () => {
    const sold = lines.filter(({ type, value }) => type === 'R031' && value['R031-STATUT'] === 0);
    expect(sold.length).toBeGreaterThan(3000);
    const foreign = sold.filter(({ key, value }) => String(value['R031-TICKET']).slice(0, 5) !== key.slice(0, 5));
    expect(foreign).toEqual([]);
    expect(new Set(sold.map(({ value }) => value['R031-TICKET'])).size).toBe(sold.length);
  });

  test('answers repeat the stake and the ticket of their question', () => {
    for (const { type, pair, value } of lines) {
      const asked = requests.get(pair ?? -1)?.value;
      if (asked === undefined) continue;
      if (type === 'R031' && value['R031-STATUT'] === 0) {
        expect(value['R031-MISE-TOTALE']).toBe(asked['T031-MISE-TOTALE']);
        const unit = (asked['T031-MISE'] as Record<string, number>)['T031-MISE-UNITAIRE'] ?? 0;
        expect(Number(value['R031-COMBINAISONS']) * unit).toBeCloseTo(Number(asked['T031-MISE-TOTALE']), 6);
      }
      if (type === 'R033') expect(value['R033-TICKET']).toBe(asked['T033-TICKET']);
      if (type === 'R034') expect(value['R034-TICKET']).toBe(asked['T034-TICKET']);
    }
  });

  test('cancellations are accepted, refused, and of tickets of long ago', () => {
    const statuses = new Set<unknown>();
    const soldAt = new Map<unknown, number>();
    let old = 0;
    for (const { type, time, value } of lines) {
      if (type === 'R031') soldAt.set(value['R031-TICKET'], Date.parse(time));
      if (type !== 'R034') continue;
      statuses.add(value['R034-STATUT']);
      if (Date.parse(time) - (soldAt.get(value['R034-TICKET']) ?? Number.POSITIVE_INFINITY) > 120_000) old++;
    }
    expect([...statuses].map(Number).sort((a, b) => a - b)).toEqual([0, 30, 31, 32, 99]);
    expect(old).toBeGreaterThan(5);
  });

  test('sequences count per terminal and role', () => {
    const last = new Map<string, number>();
    const gaps = lines.filter(({ key, role, sequence }) => {
      const counter = `${key.slice(0, 5)} ${role}`;
      const before = last.get(counter);
      last.set(counter, sequence);
      return before !== undefined && sequence !== before + 1;
    });
    expect(gaps).toEqual([]);
  });
});
