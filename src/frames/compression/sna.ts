import { type StringControls, stringControls } from './string-controls.ts';

/**
 * String control bytes of SNA (SNA Formats, "String control byte"). There is no end mark; n = 0 is invalid.
 *
 * | byte | stands for |
 * |---|---|
 * | `00nnnnnn` | the next n = 1-63 bytes |
 * | `01nnnnnn` | compacted bytes, two in one: refused, since the table comes from the session |
 * | `10nnnnnn` | n = 1-63 prime characters |
 * | `11nnnnnn` | n = 1-63 times the next byte |
 */
export const snaControls: StringControls = stringControls({
  literal: { control: 0x00, longest: 63 },
  compaction: { control: 0x40, longest: 63 },
  prime: { control: 0x80, longest: 63 },
  repeat: { control: 0xc0, longest: 63 },
});
