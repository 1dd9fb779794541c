/** A plain instruction: one byte. */
export type Opcode = number & { readonly opcode?: 'plain' };

/** A vector instruction: a number behind the prefix X'FD'. */
export type VectorOpcode = number & { readonly opcode?: 'vector' };

/** Instructions on 32-bit integers (core specification 5.4.8; memory instructions 5.4.6). */
export const i32 = {
  load: 0x28,
  load8S: 0x2c,
  load8: 0x2d,
  load16S: 0x2e,
  load16: 0x2f,
  store: 0x36,
  store8: 0x3a,
  eqz: 0x45,
  eq: 0x46,
  ne: 0x47,
  ltS: 0x48,
  ltU: 0x49,
  gtS: 0x4a,
  gtU: 0x4b,
  leS: 0x4c,
  leU: 0x4d,
  geS: 0x4e,
  geU: 0x4f,
  clz: 0x67,
  ctz: 0x68,
  add: 0x6a,
  sub: 0x6b,
  mul: 0x6c,
  and: 0x71,
  or: 0x72,
  xor: 0x73,
  shl: 0x74,
  shrS: 0x75,
  shrU: 0x76,
  rotl: 0x77,
  wrapLong: 0xa7,
} as const;

/** Instructions on 64-bit integers. */
export const i64 = {
  load: 0x29,
  store: 0x37,
  eqz: 0x50,
  eq: 0x51,
  ne: 0x52,
  geU: 0x5a,
  clz: 0x79,
  add: 0x7c,
  sub: 0x7d,
  mul: 0x7e,
  divU: 0x80,
  and: 0x83,
  or: 0x84,
  xor: 0x85,
  shl: 0x86,
  shrS: 0x87,
  shrU: 0x88,
  extendU: 0xad,
} as const;

/** Vector instructions (core specification 5.4.9). Lanes are bytes unless the name says otherwise. */
export const v128 = {
  load: 0,
  loadRepeated: 7,
  loadInt: 92,
  loadLong: 93,
  store: 11,
  swizzle: 14,
  splatLong: 18,
  eq: 35,
  ne: 36,
  gtS: 39,
  gtU: 40,
  and: 78,
  andNot: 79,
  or: 80,
  xor: 81,
  anyTrue: 83,
  bitmask: 100,
  add: 110,
  sub: 113,
  maxU: 121,
  shrShortU: 141,
} as const;
