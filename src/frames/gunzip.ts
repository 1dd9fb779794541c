import { OverpunchError } from '../errors.ts';

const header = 4; // bytes needed to tell: magic (2), method deflate, flags without the reserved ones (RFC 1952, 2.3.1)

/**
 * Unpack an input that starts with a gzip header, members after members; pass any other through as it is.
 *
 * Works in constant memory whatever the input unpacks to. Throws `GZIP` when the packed input is damaged, is cut, or has
 * something other than zeros behind it; what could be unpacked has been given before.
 */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  try {
    let start: Uint8Array = new Uint8Array(0);
    while (start.length < header) {
      const next = await source.next();
      if (next.done === true) break;
      start = start.length === 0 ? next.value : Buffer.concat([start, next.value]);
    }
    if (start.length === 0) return;
    if (isGzip(start)) {
      yield* unpack(start, source);
      return;
    }
    yield start;
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
  } finally {
    await source.return?.();
  }
}

/** Tell whether an input that starts so is packed by gzip. */
export function isGzip(start: Uint8Array): boolean {
  const [first, second, method, flags] = start;
  return first === 0x1f && second === 0x8b && method === 8 && flags !== undefined && (flags & 0xe0) === 0;
}

async function* unpack(start: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  // Most inputs are not packed, and need not wait for these to load.
  const [{ Readable }, { createGunzip }] = await Promise.all([import('node:stream'), import('node:zlib')]);
  let given = 0;
  let lastData = 0; // end of the last byte that is not padding
  let broken: unknown = null;
  const note = (chunk: Uint8Array): Uint8Array => {
    const last = chunk.findLastIndex((byte) => byte !== 0);
    if (last >= 0) lastData = given + last + 1;
    given += chunk.length;
    return chunk;
  };
  const packed = async function* (): AsyncGenerator<Uint8Array> {
    yield note(start);
    try {
      for (let next = await source.next(); next.done !== true; next = await source.next()) yield note(next.value);
    } catch (error) {
      broken = error; // of the file, not of what is in it
      throw error;
    }
  };
  const input = Readable.from(packed(), { objectMode: false });
  const output = createGunzip({ chunkSize: 64 * 1024 });
  input.on('error', (error) => output.destroy(error));
  input.pipe(output);
  try {
    for await (const chunk of output) yield chunk as Uint8Array;
  } catch (error) {
    if (broken !== null) throw broken;
    const reason = error instanceof Error ? error.message : String(error);
    throw new OverpunchError('GZIP', `the gzip data cannot be unpacked: ${reason}`, { cause: error });
  } finally {
    input.destroy();
    output.destroy();
  }
  if (lastData > output.bytesWritten) {
    throw new OverpunchError('GZIP', `something other than zeros follows the gzip data at byte ${output.bytesWritten}`);
  }
}
