export {
  type Codec,
  type CodecOptions,
  createCodec,
  type Decoded,
  type FieldValue,
  type Issue,
} from './codec/index.ts';
export { compareLayouts, compareReadings } from './compare/index.ts';
export {
  type Copybook,
  CopybookError,
  type CopyLibrary,
  type Diagnostic,
  type Dialect,
  type DialectOptions,
  fileCopyLibrary,
  formatDiagnostic,
  type Layout,
  type LayoutItem,
  layoutOf,
  type ParseOptions,
  parseCopybook,
  type RecordLayout,
} from './copybook/index.ts';
export { codePage, codePageNames, registerEncodings } from './ebcdic/index.ts';
export { type Code, codes, OverpunchError } from './errors.ts';
export { avroSchema, jsonSchema, recordCodecs, toAvro, typeDeclarations } from './schema/index.ts';
