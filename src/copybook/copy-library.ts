import type { SourcePosition } from './source-position.ts';

/** A copy member that was found. */
export interface CopyMember {
  readonly file: string;
  readonly text: string;
}

/** Finds copy members; `fileCopyLibrary` reads folders, tests give a map. `null` = not found. */
export interface CopyLibrary {
  find(member: string, library: string | null, from: SourcePosition): CopyMember | null;
  /** What to tell whoever asked for a member that was not found: where was looked, and which names come near. */
  advice?(member: string, library: string | null): string;
}
