/**
 * What bytes of a frame must be like so that a number of its header can be read: enough for it, though more than the codec asks for.
 * Both ends count from the start of the frame.
 */
export type ByteRule =
  /** A digit in each byte, behind a zone nibble. */
  | { readonly kind: 'zoned'; readonly start: number; readonly end: number; readonly zone: number }
  /** Two digits in each byte, the last nibble a sign or a plus. */
  | {
      readonly kind: 'packed';
      readonly start: number;
      readonly end: number;
      readonly sign: 'none' | 'plus' | 'any';
      /** The first nibble is none of the number, and 0. */
      readonly padded: boolean;
    }
  /** The bits of a mask are 0, the bytes from `start` on taken as 8, little-endian. */
  | { readonly kind: 'zeros'; readonly start: number; readonly mask: bigint }
  /** At most 8 bytes, of which one is no blank. */
  | { readonly kind: 'text'; readonly start: number; readonly end: number; readonly blank: number }
  /** Digits MMDDHHMMSS, one in each byte, that are a day of any year, and a time. */
  | { readonly kind: 'date'; readonly start: number };
