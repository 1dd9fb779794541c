import type { PlannedRecord } from './compiled-plan.ts';
import type { RecordBases } from './record-bases.ts';
import type { RecordHost } from './record-host.ts';
import { slotAddress, slotParts } from './slot-parts.ts';
import { i32 } from './wasm/instructions.ts';

/** Refuse a record, whose length is not known, that does not end where its last item does, or behind that; `filled`: it was filled up, and need not use all of that. */
export function checkRecordEnd(
  { emission, start, length, refuse }: RecordHost,
  { ends, end, endSlot, endStrideBits }: PlannedRecord,
  bases: RecordBases,
  slotsAt: number,
  filled: boolean,
): void {
  const { f } = emission;
  f.get(start).get(length).do(i32.add);
  if (endSlot < 0) bases.pushNext(end);
  else {
    bases.pushBits(end);
    f.int(0).memory(i32.load, slotAddress(slotsAt, endSlot) + slotParts.count);
    f.int(endStrideBits).do(i32.mul, i32.add);
    f.int(7).do(i32.add).int(3).do(i32.shrU).get(start).do(i32.add);
  }
  if (ends === 'between') f.do(i32.ltU);
  else f.do(filled ? i32.gtU : i32.ne);
  f.if(refuse);
}
