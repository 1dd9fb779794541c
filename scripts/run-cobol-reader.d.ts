import type { PrintedRecord, ReadsVariant } from './cobol-reads.js';

export const readerCompiler: string;
export function installedCompiler(): string | null;
export function compilerArguments(variant: ReadsVariant): string[];
export function runReader(folder: string, variant: ReadsVariant, program: string, data: Uint8Array): PrintedRecord[];
