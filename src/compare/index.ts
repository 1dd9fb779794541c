export { compareLayouts, type ItemChange, type ItemChangeKind, type RecordChange } from './compare-layouts.ts';
export { compareReadings, type FieldDifference, type FieldSide, type ReadRecord } from './compare-readings.ts';
export { type KeyRules, pairByKey } from './pair-by-key.ts';
export { type Pair, pairInOrder } from './pair-in-order.ts';
