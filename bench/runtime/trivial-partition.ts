/**
 * One partition of the durable runtime, run in a process of its own: `DIRECTORY BATCH SECONDS START ranges|copies`.
 *
 * It waits until START (milliseconds since 1970), then takes frames of 64 bytes from memory and appends each to a topic, for so many
 * seconds, and prints what it did as JSON.
 */
import { openDataDirectory, type Process, type Progress, runPartition } from 'overpunch/runtime';

const [directory = '', batchText = '', secondsText = '', startText = '', kind = ''] = process.argv.slice(2);
const batch = Number(batchText);
const frameBytes = 64;
const frames = Array.from({ length: batch * 8 }, (_unused, index) => {
  const bytes = Buffer.alloc(frameBytes, 0x40);
  bytes.writeUInt32BE((index * 2654435761) % 2 ** 32);
  return { bytes: bytes as Uint8Array, ingested: 1_700_000_000_000 + index };
});

const data = openDataDirectory(directory);
let given = 0;
const source = {
  name: 'memory',
  status: 'reading' as const,
  open(): void {},
  read(limit: { readonly frames: number }) {
    const from = given % frames.length;
    const read = frames.slice(from, from + limit.frames);
    given += read.length;
    return { frames: read, position: String(given), range: kind === 'ranges' ? `${from} ${read.length}` : null };
  },
  close(): void {},
};
const trivial: Process = {
  run({ messages }, outputs) {
    const out = outputs.topic('out');
    for (const entry of messages) {
      if (entry.kind === 'frame') out.append(entry.bytes.subarray(0, 8), entry.ingested, entry.bytes);
    }
  },
};

const seconds = Number(secondsText);
const warmUp = 0.3; // of the time
const stop = new AbortController();
const times: number[] = [];
let measured = 0;
let begun = 0;
let cpu = process.cpuUsage();
let last = 0;
const until = Number(startText);
await new Promise((resolve) => setTimeout(resolve, Math.max(0, until - Date.now())));
const start = performance.now();
await runPartition(
  {
    pipeline: 'bench',
    partition: 0,
    environment: data.partition(0),
    sources: [source],
    process: trivial,
    batch: { frames: batch, bytes: 2 ** 30 },
    outputs: { out: { retention: { bytes: 64 << 20 } } },
    journal: { bytes: 64 << 20 },
    onCommit(_progress: Progress) {
      const now = performance.now();
      if (begun > 0) {
        times.push(now - last);
        measured += batch;
      } else if (now - start > seconds * 1000 * warmUp) {
        begun = now;
        cpu = process.cpuUsage();
      }
      last = now;
      if (now - start > seconds * 1000) stop.abort();
    },
  },
  stop.signal,
);
const elapsed = last - begun;
const { user, system } = process.cpuUsage(cpu);
times.sort((one, other) => one - other);
const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
process.stdout.write(
  JSON.stringify({
    rate: (measured / elapsed) * 1000,
    p50: at(0.5),
    p99: at(0.99),
    busy: (user + system) / 1000 / elapsed,
  }),
);
await data.close();
