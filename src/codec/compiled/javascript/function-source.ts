const longest = 8; // bytes that one store writes

/**
 * The source of one generated function `(b, v, n, s, l, o) → o` while it is written: `b`, `v` and `n` are the space as bytes, DataView and
 * integers, a record starts at `s` and has `l` bytes, and `o` is where the next byte goes.
 *
 * Nothing but names of its own and numbers gets into it. `ahead` bytes of constant text are written at `o`, but not yet passed over.
 */
export class FunctionSource {
  readonly name: string;
  /** The statement that leaves the record, or the view that is tried, to others. */
  refuse = 'return 0;';
  readonly #lines: string[] = [];
  readonly #variables = new Set<string>();
  #names = 0;
  #ahead = 0;

  constructor(name: string) {
    this.name = name;
  }

  add(line: string): void {
    this.#lines.push(line);
  }

  refuseIf(condition: string): void {
    this.add(`if (${condition}) ${this.refuse}`);
  }

  /** A name that the function does not have yet. */
  fresh(): string {
    return `x${this.#names++}`;
  }

  /** Give a new constant a value; its name. */
  constant(value: string): string {
    const name = this.fresh();
    this.add(`const ${name} = ${value};`);
    return name;
  }

  /** Declare a variable for the whole function, once. */
  declare(name: string): void {
    this.#variables.add(name);
  }

  /** The place of a byte behind what is written. */
  out(at = 0): string {
    const ahead = this.#ahead + at;
    return ahead === 0 ? 'o' : `o + ${ahead}`;
  }

  /** Pass over bytes that were written: a constant number of them, and as many as an expression says. */
  advance(constant: number, more = ''): void {
    const bytes = this.#ahead + constant;
    this.#ahead = 0;
    if (more !== '') this.add(bytes === 0 ? `o += ${more};` : `o += ${bytes} + ${more};`);
    else if (bytes !== 0) this.add(`o += ${bytes};`);
  }

  /** Count bytes that were written as constant text. */
  passLater(bytes: number): void {
    this.#ahead += bytes;
  }

  flush(): void {
    this.advance(0);
  }

  /** Write constant text, and up to 7 bytes behind it. */
  literal(text: string): void {
    const length = Buffer.byteLength(text);
    const bytes = Buffer.alloc(length + longest, 0x20);
    bytes.write(text);
    let at = 0;
    while (at < length) {
      const left = length - at;
      const double = bytes.readDoubleLE(at);
      if (left === 1) {
        this.add(`b[${this.out()}] = ${bytes[at]};`);
        at += 1;
        this.passLater(1);
      } else if (left <= 4 || !Number.isFinite(double)) {
        this.add(`v.setInt32(${this.out()}, ${bytes.readInt32LE(at)}, true);`);
        this.passLater(Math.min(left, 4));
        at += 4;
      } else {
        // A number of eight bytes is printed so that it reads back the same.
        this.add(`v.setFloat64(${this.out()}, ${double}, true);`);
        this.passLater(Math.min(left, longest));
        at += longest;
      }
    }
  }

  finish(): string {
    this.flush();
    const variables = [...this.#variables].map((name) => `let ${name} = 0;`);
    return [`function ${this.name}(b, v, n, s, l, o) {`, ...variables, ...this.#lines, 'return o;', '}'].join('\n');
  }
}
