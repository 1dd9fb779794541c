/** Thrown when whoever reads the output has gone: the end of the work, but not a failure. */
export class ClosedPipe extends Error {
  constructor() {
    super('the reader of the output has gone');
    this.name = 'ClosedPipe';
  }
}
