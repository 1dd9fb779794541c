export type { CodecOptions, ResolvedOptions } from './codec-options.ts';
export { compileWhere, fieldsOf, type RecordTest } from './compile-where.ts';
export { compilePlan, type PlanRefusal } from './compiled/compile-plan.ts';
export type { CompiledPlan } from './compiled/compiled-plan.ts';
export {
  type CompiledDecoder,
  createCompiledDecoder,
  type RunResult,
} from './compiled/create-compiled-decoder.ts';
export { DecodingSpace } from './compiled/decoding-space.ts';
export { planText } from './compiled/plan-text.ts';
export type { StopReason } from './compiled/stop-reasons.ts';
export { type Codec, createCodec, type Decoded } from './create-codec.ts';
export { type CsvOptions, type CsvTable, csvCell, csvHeader, csvSafeText, csvTable } from './csv.ts';
export { compareDecimals, type Decimal, decimalText, parseDecimal } from './decimal.ts';
export type { EncodeIssue } from './encode-issue.ts';
export type { Encoded, EncodeOptions } from './encode-value.ts';
export type { Explanation } from './explain.ts';
export type { Branch, Extent, FieldSpan, GapKind, GapSpan, Outline, Span, ViewState } from './explain-span.ts';
export type { FieldSettings } from './field-settings.ts';
export type { Issue } from './issue.ts';
export { jsonText } from './json-text.ts';
export { parseJsonLine } from './parse-json-line.ts';
export type {
  AbsentView,
  FieldReading,
  FieldValue,
  GroupReading,
  Reading,
  RecordReading,
  TableReading,
} from './reading.ts';
export type { ItemRole, RecordShape } from './shape.ts';
