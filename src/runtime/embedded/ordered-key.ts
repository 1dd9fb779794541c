import { OverpunchError } from '../../errors.ts';

const allowed = /^[A-Za-z0-9][A-Za-z0-9._>-]{0,199}$/;
const numberBytes = 8;

/** Check the name of a topic, a pipeline or a consumer. Throws USAGE. */
export function checkName(name: string): string {
  if (allowed.test(name)) return name;
  throw new OverpunchError('USAGE', `${JSON.stringify(name)} is no name of a topic, pipeline or consumer`, {
    hint: 'use letters, digits, full stops, underscores and hyphens, at most 200 of them',
  });
}

/**
 * Make a key whose order among those of a name is that of its number: the name, a zero byte, the number as 8 bytes, highest first.
 *
 * The zero byte is below all that a name may hold, so keys of one name lie together.
 */
export function orderedKey(name: string, number: number): Uint8Array {
  const key = Buffer.allocUnsafe(name.length + 1 + numberBytes);
  key.write(name, 'latin1');
  key[name.length] = 0;
  key.writeUInt32BE(Math.floor(number / 2 ** 32), name.length + 1);
  key.writeUInt32BE(number % 2 ** 32, name.length + 5);
  return key;
}

/** The number of an ordered key. */
export function numberOfKey(key: Uint8Array): number {
  const view = new DataView(key.buffer, key.byteOffset + key.length - numberBytes, numberBytes);
  return view.getUint32(0) * 2 ** 32 + view.getUint32(4);
}
