import { randomBytes } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ioError } from '../settings/io-error.ts';
import type { OutputTarget } from './output-target.ts';
import { keepTrack, loseTrack } from './temporary-files.ts';

/** Hold back what is written until it is complete, in a temporary file, and then pass it on: all or nothing, also in a pipe. */
export async function heldOutput(target: OutputTarget): Promise<OutputTarget> {
  const file = join(tmpdir(), `overpunch-${process.pid}-${randomBytes(8).toString('hex')}`);
  keepTrack(file);
  const handle = await open(file, 'wx', 0o600).catch((error) => {
    throw ioError(file, error);
  });
  const remove = async (): Promise<void> => {
    await handle.close().catch(() => undefined);
    rmSync(file, { force: true });
    loseTrack(file);
  };
  return {
    async write(bytes: Uint8Array): Promise<void> {
      try {
        for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
      } catch (error) {
        throw ioError(file, error);
      }
    },
    async commit(): Promise<void> {
      try {
        for await (const chunk of createReadStream(file)) await target.write(chunk as Uint8Array);
        await target.commit();
      } finally {
        await remove();
      }
    },
    async abandon(): Promise<void> {
      await remove();
      await target.abandon();
    },
  };
}
