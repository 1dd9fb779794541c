import { basename, dirname, extname, join } from 'node:path';
import type { OutputTarget } from './output-target.ts';
import type { OutputRecord } from './record-members.ts';
import type { RecordOutput } from './record-output.ts';

/** Makes the output of one view once its file is open. */
export type MakeOutput = (target: OutputTarget, view: string | null) => RecordOutput;

interface Part {
  readonly name: string;
  readonly view: string | null;
  /** Records that came before the file was open. */
  readonly waiting: OutputRecord[];
  output: RecordOutput | null;
}

/** Write each view, or record type, to a file of its own: `orders.csv` becomes `orders-HEADER.csv`, `orders-DETAIL.csv`. */
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
        part.output = make(await open(part.name), part.view);
        for (const record of part.waiting.splice(0)) part.output.add(record);
      }
      if (part.output.full) await part.output.flush();
    }
  };
  return {
    add(record: OutputRecord): void {
      const { view, record: layout } = record.reading;
      const key = view ?? layout.name;
      let part = parts.get(key);
      if (part === undefined) {
        part = { name: splitName(file, key), view, waiting: [], output: null };
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

function splitName(file: string, key: string): string {
  const extension = extname(file);
  const stem = basename(file, extension);
  return join(dirname(file), `${stem}-${key.replaceAll(/[^\p{L}\p{N}_-]/gu, '-')}${extension}`);
}
