import { expandStrings, listStrings, measureStrings } from './read-strings.ts';
import type { Scheme } from './scheme.ts';
import type { StringControls } from './string-controls.ts';
import { longestStrings, writeStrings } from './write-strings.ts';

/** A scheme of strings behind control bytes, with its prime character. */
export function stringScheme(controls: StringControls, prime: number): Scheme {
  return {
    bound: (length) => longestStrings(controls, length),
    compress: (bytes, from, to, target, at) => writeStrings(controls, prime, bytes, from, to, target, at),
    measure: (bytes, from, to, most) => measureStrings(controls, bytes, from, to, most),
    expand: (bytes, from, to, target, at) => expandStrings(controls, prime, bytes, from, to, target, at),
    segments: (bytes) => listStrings(controls, bytes),
  };
}
