// C0, DEL, C1, and the bidirectional controls that can reorder what a terminal shows.
const hostile = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Show text from input to people: C0, C1, DEL and bidirectional controls as `\xNN` (`\x202E` above FF). */
export function printable(text: string): string {
  return text.replace(
    hostile,
    (character) => `\\x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
