export type { ByteText, TextPiece } from '../bytes/byte-text.ts';
export { SettingsError, type SettingsProblem } from '../settings/settings-error.ts';
export { accountBalances, addAccount, type ByteAccount, emptyAccount, formatAccount } from './byte-account.ts';
export { prefixLength, writeCapturePrefix } from './capture-prefix.ts';
export type {
  Catalog,
  CatalogHeader,
  Compression,
  CorrelationSettings,
  EventMapping,
  FrameRole,
  FrameType,
  TimeFormat,
} from './catalog/catalog.ts';
export { checkCatalog } from './catalog/check-catalog.ts';
export { compileEvents } from './catalog/compile-events.ts';
export { createFrameReader } from './catalog/create-frame-reader.ts';
export { type DraftOptions, draftCatalog } from './catalog/draft-catalog.ts';
export type { CatalogEvent, EventBuilder, EventFrame, EventLines, EventValue } from './catalog/event-builder.ts';
export type {
  EncodedFrame,
  FrameExplanation,
  FrameHead,
  FrameReader,
  FrameReading,
} from './catalog/frame-reading.ts';
export { type LoadCatalogOptions, loadCatalog } from './catalog/load-catalog.ts';
export { type Bitmap, readBitmap, writeBitmap } from './compression/bitmap.ts';
export { compress } from './compression/compress.ts';
export {
  type CompressionOptions,
  type CompressionScheme,
  compressionSchemes,
  type Decompressed,
  type Segment,
} from './compression/compression.ts';
export { type CompressionCode, CompressionError } from './compression/compression-error.ts';
export { type Compressor, createCompressor } from './compression/create-compressor.ts';
export { decompress, traceDecompression } from './compression/decompress.ts';
export { createFrameWriter, type WritableFormat, type WriteOptions } from './create-frame-writer.ts';
export type { WordOptions } from './descriptor-word.ts';
export type { RecordLength } from './fixed-step.ts';
export type { FrameCheck } from './frame-check.ts';
export { FrameCursor } from './frame-cursor.ts';
export { maximumFrameLength } from './frame-window.ts';
export type { FrameWriter } from './frame-writer.ts';
export { createFramer, type FrameFormat, type Framer, type SkipOptions } from './framer.ts';
export { gunzip } from './gunzip.ts';
export { createHeaderReader } from './header/create-header-reader.ts';
export { frameCheckOf } from './header/frame-check-of.ts';
export type { HeaderReader } from './header/header-reader.ts';
export type { HeaderSource } from './header/header-source.ts';
export {
  type BetEvent,
  betEvent,
  type CancelEvent,
  cancelEvent,
  type ItcEvent,
  type NoticeEvent,
  noticeEvent,
  type PaymentEvent,
  paymentEvent,
  type RedemptionEvent,
  redemptionEvent,
} from './itc-events.ts';
export type { Frame, FrameProblem, Garbage, Origin, Piece } from './piece.ts';
export { frameIssue, type QuarantineEntry, quarantineLine, readQuarantineLine } from './quarantine-line.ts';
export { readFrames } from './read-frames.ts';
export type { ProtocolFormat } from './rules-of.ts';
export { type FileEnds, type SurroundedFrame, surroundedFrames } from './surrounded-frames.ts';
export type { Surroundings } from './surroundings.ts';
export type { LineEnds } from './text-step.ts';
export type { WrittenAccount } from './written-account.ts';
