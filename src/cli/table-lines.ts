import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { OverpunchError } from '../errors.ts';
import { ioError } from '../settings/io-error.ts';

/** Take the lines of a table that is a file; `refuse` is told of each that is no use: `take` throws an OverpunchError for it. Throws IO. */
export async function takeTableLines(
  file: string,
  take: (line: Uint8Array) => void,
  refuse: (place: string, reason: string) => void,
): Promise<void> {
  const input = createReadStream(file);
  let number = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      if (line.trim() === '') continue;
      try {
        take(Buffer.from(line));
      } catch (error) {
        if (!(error instanceof OverpunchError)) throw error;
        refuse(`${file}:${number}`, error.message);
      }
    }
  } catch (error) {
    throw ioError(file, error);
  }
}
