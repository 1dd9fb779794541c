const least = 1 << 14; // bytes
const mostKept = 1 << 24; // bytes
const nothing = Buffer.alloc(0);

/** Memory that is written to, and moves when it grows. */
export interface Memory {
  bytes: Buffer;
  /** Whether what was there is there no longer. */
  isFree: boolean;
}

/** Gives memory out again that is free: new memory for each commit would be most of what one leaves to the garbage collector. */
export class MemoryPool {
  readonly #allocate: (length: number) => Buffer;
  readonly #free: Buffer[] = [];
  #freeBytes = 0;

  constructor(allocate: (length: number) => Buffer = Buffer.allocUnsafeSlow) {
    this.#allocate = allocate;
  }

  take(): Memory {
    const bytes = this.#free.pop();
    this.#freeBytes -= bytes?.length ?? 0;
    return { bytes: bytes ?? this.#allocate(least), isFree: false };
  }

  /** Make room for so many bytes, the first of which stay as they are. */
  grow(memory: Memory, length: number, kept: number): void {
    const longer = this.#allocate(Math.max(length, 2 * memory.bytes.length));
    longer.set(memory.bytes.subarray(0, kept));
    memory.bytes = longer;
  }

  /** Take memory back in which nothing is looked up any more. */
  free(memory: Memory): void {
    const { bytes } = memory;
    if (this.#freeBytes + bytes.length <= mostKept) {
      this.#free.push(bytes);
      this.#freeBytes += bytes.length;
    }
    memory.bytes = nothing;
    memory.isFree = true;
  }
}
