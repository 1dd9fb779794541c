import { guessAscii, guessEbcdic, guessNationalPage } from './guess-encoding.ts';
import { guessNoWords, guessWords } from './guess-framing.ts';
import { guessAnything, guessEmpty, guessLength, guessOneLine, guessRemainder, guessVarying } from './guess-length.ts';
import { guessCarriageReturns, guessConverted, guessLineEnds, guessReplacements } from './guess-transfer.ts';
import { type Guess, mostlyBad, type RunShape } from './run-shape.ts';

/** What may have gone wrong, the surest signs first. */
const guesses: readonly Guess[] = [
  guessReplacements,
  guessWords,
  guessAscii,
  guessEbcdic,
  guessLineEnds,
  guessConverted,
  guessVarying,
  guessCarriageReturns,
  guessLength,
  guessRemainder,
  guessNoWords,
  guessNationalPage,
  guessAnything,
];

/** Say in one line what is probably wrong and what to try; `null` when nothing stands out. */
export function guessMistake(shape: RunShape): string | null {
  const { format, bad, garbage, remainder } = shape;
  if (format === 'quarantine') return null;
  // Text in the wrong page is wrong without an error.
  if (bad === 0 && garbage === 0) return guessEmpty(shape) ?? guessOneLine(shape) ?? guessNationalPage(shape);
  if (!mostlyBad(shape) && remainder === 0 && garbage === 0)
    return guessReplacements(shape) ?? guessNationalPage(shape);
  for (const guess of guesses) {
    const text = guess(shape);
    if (text !== null) return text;
  }
  return null;
}
