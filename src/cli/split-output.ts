import { basename, dirname, extname, join } from 'node:path';
import type { OutputTarget } from './output-target.ts';
import type { OutputRecord } from './record-members.ts';
import type { RecordOutput } from './record-output.ts';

/** Makes the output of records like this one, once its file is open. */
export type MakeOutput = (target: OutputTarget, first: OutputRecord) => RecordOutput;

interface Part {
  readonly name: string;
  /** Records that came before the file was open. */
  readonly waiting: OutputRecord[];
  output: RecordOutput | null;
}

/**
 * Write each view, record type or type of frame to a file of its own: `orders.csv` becomes `orders-HEADER.csv`, `orders-DETAIL.csv`.
 */
export function splitOutput(
  file: string,
  open: (file: string) => Promise<OutputTarget>,
  make: MakeOutput,
): RecordOutput {
  const parts = new Map<string, Part>();
  const opened = (): RecordOutput[] => [...parts.values()].flatMap(({ output }) => output ?? []);

  const flush = async (): Promise<void> => {
    for (const part of parts.values()) {
      if (part.output === null) {
        const [first] = part.waiting;
        if (first === undefined) continue;
        part.output = make(await open(part.name), first);
        for (const record of part.waiting.splice(0)) part.output.add(record);
      }
      if (part.output.full) await part.output.flush();
    }
  };
  return {
    add(record: OutputRecord): void {
      const key = partOf(record);
      let part = parts.get(key);
      if (part === undefined) {
        const taken = new Set([...parts.values()].map(({ name }) => name.toLowerCase()));
        part = { name: splitName(file, key, taken), waiting: [], output: null };
        parts.set(key, part);
      }
      if (part.output === null) part.waiting.push(record);
      else part.output.add(record);
    },
    get full(): boolean {
      for (const { output, waiting } of parts.values()) if (waiting.length > 0 || output?.full === true) return true;
      return false;
    },
    flush,
    async commit(): Promise<void> {
      await flush();
      for (const output of opened()) await output.commit();
    },
    async abandon(): Promise<void> {
      for (const output of opened()) await output.abandon();
    },
  };
}

function partOf({ head, reading }: OutputRecord): string {
  return head === null ? (reading.view ?? reading.record.name) : (head.type?.name ?? 'none');
}

/** Views with other names may come to the same file name: `A/B-C` and `A-B/C`. The later ones get a number. */
function splitName(file: string, key: string, taken: ReadonlySet<string>): string {
  const extension = extname(file);
  const stem = `${basename(file, extension)}-${key.replaceAll(/[^\p{L}\p{N}_-]/gu, '-')}`;
  const named = (number: number): string =>
    join(dirname(file), `${stem}${number === 1 ? '' : `-${number}`}${extension}`);
  let number = 1;
  while (taken.has(named(number).toLowerCase())) number += 1;
  return named(number);
}
