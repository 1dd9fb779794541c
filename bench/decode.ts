import type { Benchmark, Effort, Figure } from './benchmark.ts';
import { measureEmission } from './decode/emission.ts';
import { measureInMemory } from './decode/in-memory.ts';
import { skipped } from './decode/run-process.ts';
import { scratchFolder } from './decode/scratch-folder.ts';
import { measureStart } from './decode/start.ts';
import type { Subject } from './decode/subject.ts';
import { subjects } from './decode/subjects.ts';
import { measureProcess } from './decode/whole-process.ts';
import { figureTable } from './figure-table.ts';
import { measureCopybookRs } from './peers/copybook-rs.ts';

const processFloors: ReadonlyMap<string, number> = new Map([
  ['A', 1.1],
  ['B', 2],
]);
const mostMemory = 80; // MB

/** Measures decoding to lines of JSON: from memory to memory, as a whole process, and next to others. */
export const decode: Benchmark = {
  title: 'Decoding records to lines of JSON',
  async run(effort: Effort) {
    const folder = scratchFolder();
    const figures: Figure[] = [];
    const failures: unknown[] = [];
    /** Measure something; that it fails is no reason not to measure the others. */
    const measured = async (measure: () => readonly Figure[] | Promise<readonly Figure[]>): Promise<void> => {
      try {
        figures.push(...(await measure()));
      } catch (error) {
        failures.push(error);
      }
    };
    const found: Subject[] = [];
    for (const [name, prepare] of subjects) {
      if (effort.part !== null && effort.part !== name) continue;
      const subject = prepare();
      if (typeof subject === 'string') skipped(`decode/${name}`, subject);
      else found.push(subject);
    }
    for (const subject of found) await measured(() => measureInMemory(subject, effort, folder));
    for (const subject of found) {
      const floor = processFloors.get(subject.name);
      if (floor === undefined) continue;
      await measured(() => measureProcess(subject, effort, folder, { process: floor, memory: mostMemory }));
      await measured(() => measureCopybookRs(subject, effort, folder));
    }
    const first = found.find(({ name }) => processFloors.has(name));
    if (first !== undefined) await measured(() => measureStart(first, folder));
    if (effort.part === null || effort.part === 'emission') await measured(() => measureEmission(effort));
    if (failures.length === 0) return figures;
    process.stderr.write(`${figureTable(figures)}\n`);
    throw new AggregateError(failures, failures.map((error) => (error as Error).message).join('\n'));
  },
};
