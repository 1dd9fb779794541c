import { prefixLength } from '../frames/capture-prefix.ts';
import type { FrameCheck } from '../frames/frame-check.ts';
import { readsAsBlocks, readsAsWords } from './guess-framing.ts';
import { guessEmpty } from './guess-length.ts';
import type { RunFacts } from './run-shape.ts';

/** What is known of a catalog's frames and of where they are read from. */
export interface CatalogShape {
  readonly format: string;
  readonly protocol: string;
  /** Tells how long frames are. */
  readonly header: FrameCheck;
}

/** Say in one line what is probably wrong with a file read by a catalog; `null` when nothing stands out. */
export function guessCatalog(facts: RunFacts, shape: CatalogShape): string | null {
  const { sample, records, bad, garbage, untyped } = facts;
  const { format, protocol, header } = shape;
  if (format === 'quarantine') return null;
  if (bad === 0 && garbage === 0) return guessEmpty({ size: facts.size });
  if (bad * 2 <= records && garbage === 0) return null;
  if (format !== 'bdw' && readsAsBlocks(sample)) {
    return 'the file reads as blocks of records (BDW and RDW): try --format bdw';
  }
  // A descriptor word may look like a length at the front of a header.
  if (format !== 'rdw' && readsAsWords(sample, false)) {
    return 'the file reads as records with descriptor words (RDW): try --format rdw';
  }
  if (format !== 'rdw' && readsAsWords(sample, true)) {
    return 'the file reads as records with little-endian RDWs: try --format rdw --rdw-endian little';
  }
  const chains = (start: number, between: number): boolean => framesChain(sample, start, between, header);
  if (format !== 'frames' && chains(0, 0)) return 'the file reads as frames back to back: try --format frames';
  if (format !== 'capture' && chains(prefixLength, prefixLength)) {
    return 'the file reads as a capture, with a length and a time before each frame: try --format capture';
  }
  if (bad * 2 <= records && records > 0) return null;
  if (untyped * 2 > records)
    return `most frames are of no type of the catalog: is it a file of the protocol ${protocol}?`;
  if (records === 0 && garbage > 0) {
    return `nothing in the file reads as a frame of ${protocol}: is it a capture? A file of records goes with --copybook instead of --catalog`;
  }
  return 'most frames are bad: is it the right catalog, and do its copybooks describe this version of the protocol?';
}

/** Whether the headers of two frames, or of all there are, lead from one to the next. */
function framesChain(
  sample: Uint8Array,
  start: number,
  between: number,
  { minimum, maximum, lengthAt }: FrameCheck,
): boolean {
  if (lengthAt === null) return false;
  let count = 0;
  for (let at = start; at < sample.length && count < 2; count += 1) {
    const length = at + minimum <= sample.length ? lengthAt(sample, at) : Number.NaN;
    if (!(length >= minimum && length <= maximum)) return false;
    at += length + between;
  }
  return count > 0;
}
