import { closeSync } from 'node:fs';
import { OverpunchError } from '../errors.ts';
import type { FrameFormat } from '../frames/framer.ts';
import type { ReadLimit, Source, SourceFrame, SourceRead, SourceStatus } from '../streams/source.ts';
import { type FileIdentity, identityOf, isSameFile, openRegular } from './file-identity.ts';
import { FrameFile } from './frame-file.ts';
import { type FramePlace, inputStart } from './placed-framer.ts';

/** A file of frames as a source. */
export interface CaptureFileOptions {
  readonly path: string;
  readonly format: FrameFormat;
  /** Default: the path. */
  readonly name?: string | undefined;
  /** Whether it may grow: the end of what it holds is not its end. Default `false`. */
  readonly follow?: boolean | undefined;
  /** Whether the first frame of each file is marked, and all say which line they are. Default `false`. */
  readonly marked?: boolean | undefined;
}

interface Position {
  readonly file: FileIdentity;
  readonly place: FramePlace;
}

interface Range extends Position {
  readonly count: number;
}

/**
 * Read the frames of a file, each exactly once over restarts: a file that grew goes on, another one of the same name, or a shorter one,
 * begins at its beginning. Throws IO when there is no such file, unless it is followed.
 */
export function captureFile(options: CaptureFileOptions): Source {
  const { path } = options;
  return new CaptureFile(options, { name: path, open: () => openRegular(path), close: closeSync });
}

/** How to come by the file. */
export interface FileAccess {
  readonly name: string;
  /** `null` when there is none. */
  open(): number | null;
  close(file: number): void;
}

/** The same for a file that is come by in another way. */
export function captureOf(access: FileAccess, options: Omit<CaptureFileOptions, 'path'>): Source {
  return new CaptureFile(options, access);
}

class CaptureFile implements Source {
  readonly name: string;
  readonly #access: FileAccess;
  readonly #format: FrameFormat;
  readonly #follow: boolean;
  readonly #marked: boolean;
  #file: number | null = null;
  #identity: FileIdentity | null = null;
  #frames: FrameFile | null = null;
  #wanted: Position | null = null;
  #status: SourceStatus = 'reading';
  #again: { file: number; frames: FrameFile } | null = null;

  constructor(options: Omit<CaptureFileOptions, 'path'>, access: FileAccess) {
    this.name = options.name ?? access.name;
    this.#access = access;
    this.#format = options.format;
    this.#follow = options.follow ?? false;
    this.#marked = options.marked ?? false;
  }

  get status(): SourceStatus {
    return this.#status;
  }

  open(position: string | null): void {
    this.#wanted = position === null ? null : (JSON.parse(position) as Position);
    if (!this.#attach() && !this.#follow) {
      throw new OverpunchError('IO', `${this.#access.name} is no file that can be read`);
    }
  }

  read(limit: ReadLimit): SourceRead | null {
    if (this.#status === 'caught-up' && this.#replaced()) this.#detach();
    if (this.#frames === null && !this.#attach()) return null;
    const { frames: reader, identity: file } = { frames: this.#frames, identity: this.#identity };
    if (reader === null || file === null) return null;
    const before = reader.place;
    const frames = this.#mark(reader.read(limit, !this.#follow), before);
    if (frames.length === 0) {
      this.#status = this.#follow ? 'caught-up' : 'ended';
      return null;
    }
    this.#status = 'reading';
    const position: Position = { file, place: reader.place };
    const range: Range = { file, place: before, count: frames.length };
    return { frames, position: JSON.stringify(position), range: JSON.stringify(range) };
  }

  again(range: string): SourceFrame[] {
    const { file: identity, place, count } = JSON.parse(range) as Range;
    if (JSON.stringify(this.#again?.frames.place) !== JSON.stringify(place)) {
      this.#closeAgain();
      const file = this.#access.open();
      if (file === null) return [];
      if (!isSameFile(file, identity, place.base)) {
        this.#access.close(file);
        return [];
      }
      this.#again = { file, frames: new FrameFile(file, this.#format, place, null, this.#marked) };
    }
    return this.#mark(this.#again?.frames.read({ frames: count, bytes: Number.POSITIVE_INFINITY }, true) ?? [], place);
  }

  close(): void {
    this.#closeAgain();
    this.#detach();
  }

  /** Mark the first frame of those that stand at a place, when it is the first of the file. */
  #mark(frames: SourceFrame[], { base, skip }: FramePlace): SourceFrame[] {
    const [first] = frames;
    if (this.#marked && base === 0 && skip === 0 && first !== undefined) frames[0] = { ...first, first: true };
    return frames;
  }

  /** Open the file where it was left, or at its beginning when it is another one. */
  #attach(): boolean {
    const file = this.#access.open();
    if (file === null) {
      this.#status = 'disconnected';
      return false;
    }
    const wanted = this.#wanted;
    const same = wanted !== null && isSameFile(file, wanted.file, wanted.place.base);
    this.#file = file;
    this.#identity = same ? wanted.file : identityOf(file);
    this.#frames = new FrameFile(file, this.#format, same ? wanted.place : inputStart, null, this.#marked);
    this.#wanted = null;
    this.#status = 'reading';
    return true;
  }

  #detach(): void {
    if (this.#file !== null) this.#access.close(this.#file);
    this.#file = null;
    this.#frames = null;
    this.#identity = null;
  }

  /** Whether the path names another file by now, or the same one was written anew. */
  #replaced(): boolean {
    const file = this.#access.open();
    if (file === null) return false; // renamed away: what is still written to it is still read
    try {
      return this.#identity === null || !isSameFile(file, this.#identity, this.#frames?.offset ?? 0);
    } finally {
      this.#access.close(file);
    }
  }

  #closeAgain(): void {
    if (this.#again !== null) this.#access.close(this.#again.file);
    this.#again = null;
  }
}
