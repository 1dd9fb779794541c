export { type CaptureFileOptions, captureFile } from './capture-file.ts';
export { inSequence } from './in-sequence.ts';
export { type SpoolDirectoryOptions, spoolDirectory } from './spool-directory.ts';
