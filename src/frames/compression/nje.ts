import { type StringControls, stringControls } from './string-controls.ts';

/**
 * String control bytes of NJE (z/OS JES2 Network Job Entry Formats and Protocols, "String control byte").
 *
 * | byte | stands for |
 * |---|---|
 * | `00` | the end |
 * | `40` | abort |
 * | `100nnnnn` | n = 1-31 blanks |
 * | `101nnnnn` | n = 1-31 times the next byte |
 * | `11nnnnnn` | the next n = 1-63 bytes |
 *
 * All others are reserved.
 */
export const njeControls: StringControls = stringControls({
  end: 0x00,
  abort: 0x40,
  prime: { control: 0x80, longest: 31 },
  repeat: { control: 0xa0, longest: 31 },
  literal: { control: 0xc0, longest: 63 },
});
