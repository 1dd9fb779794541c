import type { Emission } from './emission.ts';
import type { Local } from './wasm/function-writer.ts';

/** Where the code of a record goes: a function, and how it leaves a record to another decoder. */
export interface RecordHost {
  readonly emission: Emission;
  readonly start: Local;
  readonly length: Local;
  readonly refuse: () => void;
}
