import type { Kernel, TextKernel } from '../kernel.ts';
import { FunctionSource } from './function-source.ts';

/** What the functions of a generated script have in common: the names they know tables, kernels and caches by. */
export class ScriptParts {
  /** Records that are too short have been filled up. */
  readonly filled: boolean;
  /** Code pages, as functions know them by `p0`, `p1`, … and the pairs of their tables by `q0`, `q1`, … */
  readonly pages: Pick<TextKernel, 'codepage' | 'nel'>[] = [];
  /** Decimals that shared functions read, `k0`, `k1`, … */
  readonly kernels: Kernel[] = [];
  /** How many caches there are, `c0`, `c1`, … */
  caches = 0;
  readonly #functions: string[] = [];
  #names = 0;

  constructor(filled: boolean) {
    this.filled = filled;
  }

  /** The functions that are complete. */
  get source(): string {
    return this.#functions.join('\n');
  }

  startFunction(): FunctionSource {
    return new FunctionSource(`f${this.#names++}`);
  }

  add(f: FunctionSource): void {
    this.#functions.push(f.finish());
  }

  /** The number of a code page, which is the end of the names that its tables have. */
  page({ codepage, nel }: TextKernel): number {
    const known = this.pages.findIndex((page) => page.codepage === codepage && page.nel === nel);
    return known >= 0 ? known : this.pages.push({ codepage, nel }) - 1;
  }

  kernel(kernel: Kernel): string {
    return `k${this.kernels.push(kernel) - 1}`;
  }

  cache(): string {
    return `c${this.caches++}`;
  }
}
