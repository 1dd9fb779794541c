export { type JsonlFileOptions, jsonlFile } from './jsonl-file.ts';
