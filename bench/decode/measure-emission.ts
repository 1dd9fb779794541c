/** `measure-emission.ts`: make the code of a copybook of 100 fields for the first time in this process, and print an Emitted. */
import { createCodec } from 'overpunch/codec';
import { layoutOf, parseCopybook } from 'overpunch/copybook';
import { compilePlan } from '../../dist/codec/compiled/compile-plan.js';
import { emitModule } from '../../dist/codec/compiled/emit-module.js';
import { webAssembly } from '../../dist/codec/compiled/wasm/web-assembly.js';
import type { Emitted } from './emission.ts';

const pictures = ['X(12)', 'S9(5)V99 COMP-3', 'S9(9) COMP', '9(4)', 'S9(7)V99', 'X(24)', 'S9(11) COMP-3', 'S9(4) COMP'];
const fields = Array.from({ length: 100 }, (_, at) => `05 FIELD-${at + 1} PIC ${pictures[at % pictures.length]}.`);
const copybook = `01 MIXED.\n${fields.join('\n')}`;

const codec = createCodec(layoutOf(parseCopybook(copybook)), {});
if (webAssembly === null) throw new Error('there is no WebAssembly');
const started = performance.now();
const plan = compilePlan(codec);
if ('refused' in plan) throw new Error(plan.refused);
const { bytes } = emitModule(plan, 1024);
const emitted = performance.now();
new webAssembly.Module(bytes);
const result: Emitted = { emission: emitted - started, compilation: performance.now() - emitted };
process.stdout.write(JSON.stringify(result));
