/**
 * `state-process.ts TASK FOLDER`: what a process does that tests kill, starve or lock out. It writes a line for each commit that returned,
 * and then one with the code of the error that ended it.
 */
import { writeSync } from 'node:fs';
import { openLmdbEnvironment } from '../../src/state/open-lmdb-environment.ts';

const [task, folder = ''] = process.argv.slice(2);

/** Every commit writes its number into all entries of both tables. */
function commitForever(): void {
  const environment = openLmdbEnvironment(folder);
  const tables = [environment.table('one'), environment.table('two')];
  for (let number = 1; ; number++) {
    const value = new Uint8Array(200).fill(number & 255);
    value.set(Buffer.from(String(number)), 0);
    environment.commit(() => {
      for (let index = 0; index < 50; index++) for (const table of tables) table.put(Uint8Array.of(index), value);
      if (task === 'fill') tables[0]?.put(Buffer.from(`more ${number}`), new Uint8Array(100_000));
    });
    writeSync(1, `${number}\n`);
  }
}

/** The same, but each commit is submitted while the one before is on its way to the disk. */
async function submitForever(): Promise<void> {
  const environment = openLmdbEnvironment(folder);
  const tables = [environment.table('one'), environment.table('two')];
  let before: Promise<void> = Promise.resolve();
  for (let number = 1; ; number++) {
    const value = new Uint8Array(200).fill(number & 255);
    value.set(Buffer.from(String(number)), 0);
    const { durable } = environment.submit(() => {
      for (let index = 0; index < 50; index++) for (const table of tables) table.put(Uint8Array.of(index), value);
      if (task === 'fill-behind') tables[0]?.put(Buffer.from(`more ${number}`), new Uint8Array(100_000));
    });
    try {
      await before;
    } catch (error) {
      const held = Buffer.from(tables[0]?.get(Uint8Array.of(0)) ?? []).toString('latin1');
      writeSync(1, `${Number.parseInt(held, 10)}\n`); // what it reads itself
      throw error;
    }
    before = durable.then(() => void writeSync(1, `${number}\n`));
    before.catch(() => undefined);
  }
}

function hold(): void {
  const environment = openLmdbEnvironment(folder, { readOnly: task === 'read' });
  environment.table('one').get(Uint8Array.of(0));
  writeSync(1, 'open\n');
  setInterval(() => environment.size, 1000);
}

try {
  if (task === 'commit' || task === 'fill') commitForever();
  else if (task === 'submit' || task === 'fill-behind') await submitForever();
  else hold();
} catch (error) {
  writeSync(1, `${(error as { readonly code?: unknown }).code}\n`);
}
