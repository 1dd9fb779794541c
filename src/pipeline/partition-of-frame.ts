import type { Catalog } from '../frames/catalog/catalog.ts';
import { createHeaderReader } from '../frames/header/create-header-reader.ts';
import type { Accept } from '../runtime/embedded/journal.ts';
import { partitionOfKey } from '../runtime/embedded/partition-of-key.ts';

/**
 * Make the choice of the frames that belong to a partition where every partition reads the same input: those whose key is its own, by
 * its text. What has no header that can be read is the first partition's.
 */
export function framesOfPartition(catalog: Catalog, partition: number, partitions: number): Accept | undefined {
  if (partitions === 1) return undefined;
  const header = createHeaderReader(catalog);
  return ({ bytes, garbage }) => {
    if (garbage !== undefined || !header.at(bytes, 0)) return partition === 0;
    return partitionOfKey(Buffer.from(header.keyText()), partitions) === partition;
  };
}
