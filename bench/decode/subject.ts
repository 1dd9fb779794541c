import type { GeneratedC } from './compile-c.ts';

/** What is decoded: a file that can be made, and how others decode it. */
export interface Subject {
  readonly name: string;
  readonly title: string;
  /** Ratios to the scalar C baseline. */
  readonly floor: number;
  readonly goal: number;
  /** Write a file of at most so many bytes, always the same. */
  write(path: string, size: number): { readonly bytes: number; readonly records: number };
  /** Throws for a layout that the baseline has no routines for. */
  scalar(): GeneratedC;
  /** Whether binary-parser can be compared with. */
  readonly parser: boolean;
}
