import { type Code, type ExitStatus, OverpunchError } from '../errors.ts';

/** An error that can be sent from thread to thread. */
export interface ChunkFailure {
  /** It comes from writing the output. */
  readonly writing: boolean;
  readonly coded: { readonly hint: string | undefined; readonly exitStatus: ExitStatus } | null;
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly stack: string;
}

/** Thrown where lines cannot be written; the cause says why. */
export class WriteFailure extends Error {
  constructor(cause: unknown) {
    super('lines cannot be written', { cause });
    this.name = 'WriteFailure';
  }
}

/** Make an error something that can be sent. */
export function packFailure(thrown: unknown): ChunkFailure {
  const error = thrown instanceof WriteFailure ? thrown.cause : thrown;
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const coded = error instanceof OverpunchError ? { hint: error.hint, exitStatus: error.exitStatus } : null;
  return { writing: thrown instanceof WriteFailure, coded, name, code, message, stack };
}

/** Make it the error again that it was. */
export function unpackFailure({ coded, name, code, message, stack }: ChunkFailure): Error {
  if (coded === null) return Object.assign(new Error(message), { name, stack }, code === '' ? {} : { code });
  const { hint, exitStatus } = coded;
  return new OverpunchError(code as Code, message, { exitStatus, ...(hint === undefined ? {} : { hint }) });
}
