import { fileURLToPath } from 'node:url';
import {
  compileEvents,
  createFrameReader,
  type EventFrame,
  type EventLines,
  FrameCursor,
  type FrameReading,
  frameCheckOf,
  loadCatalog,
} from 'overpunch/frames';
import { RecordWriter } from 'overpunch/runtime';
import { generateTraffic } from 'overpunch/traffic';
import type { Benchmark } from './benchmark.ts';
import { medianTimes } from './median-times.ts';

const catalogFile = fileURLToPath(new URL('../copybooks/itc/catalog.yaml', import.meta.url));

/** Times making events of the sample protocol's bets: conditions, members and their JSON, from decompressed frames. */
export const events: Benchmark = {
  title: 'Events of matched bets: the condition, the members, and a line of JSON',
  async run({ quick, rounds }) {
    const catalog = loadCatalog(catalogFile);
    const builder = compileEvents(catalog);
    const reader = createFrameReader(catalog);
    const bet = catalog.typeNamed('T031');
    const pairs: (readonly [FrameReading, FrameReading])[] = [];
    const open = new Map<string | null, FrameReading>();
    for (const { capture } of generateTraffic(catalog, { seed: 1, frames: quick ? 10_000 : 40_000, clean: true })) {
      const bytes = capture.slice();
      const cursor = new FrameCursor({ format: 'capture', header: frameCheckOf(catalog) }, bytes);
      while (cursor.next()) {
        const frame = reader.read(bytes.subarray(cursor.offset, cursor.offset + cursor.length));
        const request = open.get(frame.key);
        if (frame.type === bet) open.set(frame.key, frame);
        else if (request !== undefined && frame.type?.name === 'R031') pairs.push([request, frame]);
      }
    }
    const plain = (frame: FrameReading): EventFrame => ({ ...frame, reading: null });
    const undecoded = pairs.map(([request, response]) => [plain(request), plain(response)] as const);
    if (pairs.length < 100) throw new Error('bets are missing');
    let sink = 0;

    const writer = new RecordWriter();
    const lines: EventLines = { line: () => writer.values, end: () => writer.end(null) };
    /** As the pipeline does it: the lines as bytes, where the topic has them. */
    const write = (): number => {
      for (const [request, response] of undecoded) builder.write(request, response, lines);
      sink += writer.valueBytes;
      writer.clear();
      return pairs.length;
    };
    const build = (): number => {
      for (const [request, response] of undecoded)
        for (const { json } of builder.build(request, response)) sink += json.length;
      return pairs.length;
    };
    const objects = (): number => {
      for (const [request, response] of undecoded)
        for (const { json, value } of builder.build(request, response)) sink += json.length + Object.keys(value).length;
      return pairs.length;
    };
    /** What one would write by hand: the decoded records, and what is wanted of them. */
    const byHand = (): number => {
      for (const [request, response] of pairs) {
        if (request.reading === null || response.reading === null) continue;
        const asked = request.type?.codec().toValue(request.reading) ?? {};
        const answered = response.type?.codec().toValue(response.reading) ?? {};
        if (answered['R031-STATUT'] !== 0) continue;
        const event = {
          id: `${request.key}:${request.sequence}:${request.time}`,
          ticket: answered['R031-TICKET'],
          terminal: (asked['ITC-KEY'] as Record<string, unknown>)['ITC-TERMINAL'],
          time: asked['ITC-TIME'],
          type: asked['PARI-TYPE'],
          meeting: asked['T031-REUNION'],
          race: asked['T031-COURSE'],
          stake: asked['T031-MISE-TOTALE'],
        };
        sink += JSON.stringify(event).length;
      }
      return pairs.length;
    };
    const times = medianTimes({ write, build, objects, byHand }, rounds);
    if (sink === 0) throw new Error('no event was made');
    return [
      { name: 'events/bets/ns-per-pair', value: times.write, unit: 'ns', floor: 4000, goal: 2000 },
      { name: 'events/bets-as-texts/ns-per-pair', value: times.build, unit: 'ns', floor: 4000, goal: 2000 },
      { name: 'events/bets-with-objects/ns-per-pair', value: times.objects, unit: 'ns' },
      { name: 'events/by-hand-from-records/ns-per-pair', value: times.byHand, unit: 'ns' },
    ];
  },
};
