import { ByteReader, ByteWriter } from './state-bytes.ts';
import { stateKinds } from './state-entry.ts';

/** The key of a block of open frames, by its number. */
export function openKey(number: number): Uint8Array {
  const writer = new ByteWriter(9);
  writer.byte(stateKinds.open);
  writer.number(number);
  return writer.finish();
}

/** The number of a block of open frames, by its key. */
export function numberOfOpenKey(key: Uint8Array): number {
  const reader = new ByteReader(key);
  reader.byte();
  return reader.number();
}
