import { codePage } from 'overpunch/ebcdic';
import type { Catalog, FrameType } from 'overpunch/frames';
import { scalarFunction } from './generate-scalar.ts';

const blank = 0x40;

/**
 * Write the C function `static u8 *frame(u8 *o, const u8 *p, size_t length, u32 *err)` that writes a frame of a protocol as a line of
 * JSON: by its type, after its body was expanded.
 *
 * It is for protocols whose one discriminator is a text of four bytes, and whose flags are one byte.
 */
export function scalarFrames(catalog: Catalog): string {
  const { header, types } = catalog;
  const [discriminator] = header.discriminators;
  const { flags } = header.fields;
  if (discriminator?.length !== 4 || flags === null) throw new Error('the header is of another form');
  const functions = types.map((type) => {
    const codec = type.codec();
    const [record] = codec.records;
    if (record === undefined) throw new Error(`${type.name} has no record`);
    return scalarFunction(codec, record, `rec_${type.name}`, true).replace(
      'static inline',
      'static __attribute__((noinline))',
    );
  });
  const cases = types.flatMap((type) => {
    const [names = []] = type.when;
    const labels = names.map((name) => `case ${code(name, header.codepage)}:`).join('');
    return ` ${labels}${expansion(type, header.length, flags.offset)}return rec_${type.name}(o,p,err);\n`;
  });
  return `#include "expand.h"
${functions.join('')}static u8 plain[1<<16];
static u8* frame(u8*o,const u8*p,size_t length,u32*err){
 u32 type=(u32)p[${discriminator.offset}]<<24|(u32)p[${discriminator.offset + 1}]<<16|(u32)p[${discriminator.offset + 2}]<<8|p[${discriminator.offset + 3}];
 switch(type){
${cases.join('')} default:*err|=1;return o;}}
`;
}

/** The number that four characters are. */
function code(name: string, codepage: string): string {
  const encoded = codePage(codepage).encode(name.padEnd(4));
  if ('unmappable' in encoded) throw new Error(`${name} is not in ${codepage}`);
  return `0x${Buffer.from(encoded.bytes).toString('hex')}`;
}

/** Statements that leave the expanded frame in `p`. */
function expansion(type: FrameType, headerLength: number, flagsAt: number): string {
  const { compression } = type;
  if (compression === null) return '';
  const { scheme, options, flag } = compression;
  const { fill = blank, prime = blank } = options;
  const from = `plain+${headerLength},p+${headerLength},p+length`;
  const calls = {
    cut: `expand_cut(${from},${fill},${type.codec().maximumLength - headerLength})`,
    'run-length': `expand_run_length(${from})`,
    sna: `expand_sna(${from},${prime})`,
    nje: `expand_nje(${from},${prime})`,
    bitmap: `expand_bitmap(${from},${fill},fields,sizeof fields/sizeof*fields)`,
  };
  const fields =
    scheme === 'bitmap' ? `static const u16 fields[]={${options.fields ?? itemLengths(type, headerLength)}};` : '';
  const condition = flag === 0 ? '' : `if(p[${flagsAt}]&${flag})`;
  return `${condition}{${fields}memcpy(plain,p,${headerLength});${calls[scheme]};p=plain;}`;
}

/** Bytes of the items of a body whose tables and views are none: what a bitmap leaves out. */
function itemLengths(type: FrameType, headerLength: number): readonly number[] {
  const [record] = type.codec().records;
  const items = record?.root.children.filter(({ offset }) => offset >= headerLength) ?? [];
  return items.map(({ length }) => length);
}
