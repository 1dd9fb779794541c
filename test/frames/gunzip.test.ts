import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gunzip } from '../../src/frames/gunzip.ts';

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function unpacked(bytes: Uint8Array, size: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of gunzip(chunked(bytes, size))) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}

describe('gunzip', () => {
  const text = 'ABCDEFGH'.repeat(50);

  it.each([1, 3, 1000])('passes anything else through, in chunks of %i', async (size) => {
    expect(await unpacked(Buffer.from('\x1f\x8bnot gzip', 'latin1'), size)).toBe('\x1f\x8bnot gzip');
    expect(await unpacked(Buffer.from('x'), size)).toBe('x');
    expect(await unpacked(Buffer.alloc(0), size)).toBe('');
  });

  it.each([1, 7, 1000])('unpacks members after members, in chunks of %i', async (size) => {
    const packed = Buffer.concat([gzipSync(text), gzipSync('more'), Buffer.alloc(100)]);
    expect(await unpacked(packed, size)).toBe(`${text}more`);
  });

  it.each([1, 7, 1000])('reports packed input that is cut, in chunks of %i', async (size) => {
    await expect(unpacked(gzipSync(text).subarray(0, 20), size)).rejects.toMatchObject({ code: 'GZIP' });
  });

  it.each([1, 7, 1000])('reports anything but zeros behind the packed input, in chunks of %i', async (size) => {
    await expect(unpacked(Buffer.concat([gzipSync(text), Buffer.from('xyz')]), size)).rejects.toMatchObject({
      code: 'GZIP',
    });
    const padded = Buffer.concat([gzipSync(text), Buffer.alloc(5), Buffer.from('xyz')]);
    await expect(unpacked(padded, size)).rejects.toMatchObject({ code: 'GZIP' });
  });

  it('gives what could be unpacked before the damage', async () => {
    const packed = gzipSync(Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7919) % 251)));
    let given = 0;
    const reading = async (): Promise<void> => {
      for await (const chunk of gunzip(chunked(packed.subarray(0, packed.length - 20), 100))) given += chunk.length;
    };
    await expect(reading()).rejects.toMatchObject({ code: 'GZIP' });
    expect(given).toBeGreaterThan(0);
  });

  it('hands on an error of the input as it is', async () => {
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield gzipSync(text).subarray(0, 10);
      throw new Error('the disk is gone');
    };
    const reading = async (): Promise<void> => {
      for await (const _ of gunzip(failing()));
    };
    await expect(reading()).rejects.toThrow('the disk is gone');
  });
});
