import { closeSync, constants, fdatasyncSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { OverpunchError } from '../errors.ts';
import { ioError } from '../settings/io-error.ts';
import { makeFolders } from '../state/make-folders.ts';
import type { Sink, SinkRecord } from '../streams/sink.ts';

/** A file of lines as a sink. */
export interface JsonlFileOptions {
  readonly path: string;
  /** Default: the path. */
  readonly name?: string | undefined;
}

const lineEnd = 10;

/**
 * Write each value as a line of a file, exactly once over restarts: its length is part of each commit, and what stands behind that when
 * it is opened is cut off. A file that had lines before keeps them. Throws IO when it is shorter than it was, and for what is no file that can be
 * written.
 */
export function jsonlFile(options: JsonlFileOptions): Sink {
  return new JsonlFile(options);
}

class JsonlFile implements Sink {
  readonly name: string;
  readonly #path: string;
  #file = -1;
  #length = 0;

  constructor(options: JsonlFileOptions) {
    this.name = options.name ?? options.path;
    this.#path = options.path;
  }

  get position(): string {
    return String(this.#length);
  }

  open(position: string | null): void {
    const size = this.#open();
    this.#length = position === null ? size : Number(position);
    if (size < this.#length) {
      throw new OverpunchError('IO', `${this.#path} has ${size} bytes, of ${this.#length} that were committed`, {
        hint: 'put the file back as it was, or start with an empty data directory and replay the input',
      });
    }
    if (size > this.#length) ftruncateSync(this.#file, this.#length);
  }

  /** Open the file, or make it with the folders above it, and give its length. */
  #open(): number {
    try {
      makeFolders(dirname(this.#path));
      this.#file = openSync(this.#path, constants.O_RDWR | constants.O_CREAT, 0o600);
      return fstatSync(this.#file).size;
    } catch (error) {
      this.close();
      throw ioError(this.#path, error);
    }
  }

  write(records: readonly SinkRecord[]): void {
    const total = records.reduce((sum, { value }) => sum + value.length + 1, 0);
    const lines = Buffer.allocUnsafe(total);
    let at = 0;
    for (const { value } of records) {
      lines.set(value, at);
      at += value.length;
      lines[at++] = lineEnd;
    }
    try {
      for (let written = 0; written < total; ) {
        written += writeSync(this.#file, lines, written, total - written, this.#length + written);
      }
      fdatasyncSync(this.#file);
    } catch (error) {
      throw new OverpunchError('IO', `cannot write to ${this.#path}: ${(error as Error).message}`, {
        hint: 'make room or put right what is wrong, then start again: it goes on behind the last commit',
        cause: error,
      });
    }
    this.#length += total;
  }

  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }
}
