/**
 * Reads the header of one frame at a time where it lies, without the body and without allocating: a view that is moved from
 * frame to frame.
 */
export interface HeaderReader {
  /** Bytes of the header. */
  readonly length: number;
  /** Move to the frame that starts at `offset`; `false`, and nowhere to read, when fewer bytes than a header are there. */
  at(bytes: Uint8Array, offset: number): boolean;
  /** Index of the frame's type in the catalog, −1 when none fits. */
  readonly type: number;
  /** 0 request, 1 response, 2 notice, as in `frameRoles`; −1 for any other value. */
  readonly direction: number;
  /**
   * What joins a request to its response, as a number: keys of up to 15 digits by value, texts of up to 6 bytes as the big-endian
   * number of their bytes. NaN when it cannot be read, or is longer than that: then only `keyText` tells.
   */
  readonly key: number;
  readonly sequence: number;
  /** Event time in milliseconds since 1970-01-01T00:00:00Z, NaN when it cannot be read. */
  readonly time: number;
  /** Bytes of the whole frame, header too, as the header says; NaN when it cannot be read. */
  readonly frameLength: number;
  /** The flags as one number, 0 in a protocol without. */
  readonly flags: number;
  /**
   * The key as people read it: a text without the blanks around it, a number without leading zeros, a group of digits with them; what
   * cannot be read in hexadecimal, as `X'0102'`. Allocates.
   */
  keyText(): string;
}
