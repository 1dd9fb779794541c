/**
 * Compile `src` to `dist`, only when something it is made from has changed.
 *
 * The library is what the compiler makes of it, a file for each. The files of the command are joined to a few chunks: loading
 * two hundred files takes longer than decoding a small one.
 *
 * The compiler writes into a folder of its own, which takes the place of `dist` when it is complete. The hash of what it
 * was made from lies inside as `.stamp`: a build that is killed leaves the old `dist`, or none, or a complete one.
 * Prints nothing when `dist` is up to date.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const compiler = join(root, 'node_modules/typescript/bin/tsc');

/** Hash names and contents of everything that decides what `dist` is. */
function hashSources() {
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const files = [
    ...sources,
    ...['tsconfig.json', 'package-lock.json', 'scripts/build.js'].map((name) => join(root, name)),
  ];
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file).replaceAll('\\', '/')}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function readStamp() {
  try {
    return readFileSync(join(dist, '.stamp'), 'utf8');
  } catch {
    return null;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Remove the working folders of builds that were killed. */
function removeLeftovers() {
  for (const name of readdirSync(root)) {
    const pid = /^\.dist-(\d+)-(?:new|old)$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(root, name), { recursive: true, force: true });
  }
}

/** Let `fresh` take the place of `dist`, also when another build is doing the same at this moment. */
function putInPlace(fresh, old, stamp) {
  for (let attempts = 100; readStamp() !== stamp; attempts--) {
    try {
      rmSync(old, { recursive: true, force: true });
      if (existsSync(dist)) renameSync(dist, old);
      renameSync(fresh, dist);
    } catch (error) {
      if (attempts === 0) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10); // ms
    }
  }
}

/**
 * Join the modules of the command, `cli/` and what it imports from the library, to chunks that take the place of `cli/`.
 *
 * One chunk holds all that a plain `decode` loads; the others what one command or several need besides. Dependencies stay
 * outside, comments go.
 */
async function joinCommand(fresh) {
  const { build: bundle } = await import('esbuild');
  const folder = join(fresh, 'cli');
  const joined = join(fresh, '.cli');
  const entries = readdirSync(folder).filter((name) => name === 'main.js');
  const workers = readdirSync(folder).filter((name) => name.endsWith('-worker.js'));
  // A chunk is what the same entries have in common. With this in each of them, the start is one chunk and not dozens.
  const start = join(folder, 'start.js');
  writeFileSync(start, "import './main.js';\n");
  const settings = {
    outdir: joined,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    minifyWhitespace: true,
    charset: 'ascii', // one character outside Latin-1 would double what the whole chunk takes in memory
    logLevel: 'warning',
  };
  await bundle({
    ...settings,
    entryPoints: entries.map((name) => join(folder, name)),
    inject: [start],
    // Flat, so that what is found from `import.meta.url` is as far away as before.
    chunkNames: '[name]-[hash]',
    splitting: true,
  });
  // A worker has nothing to share its chunks with, and starts faster from one file that has only what it needs.
  await bundle({ ...settings, entryPoints: workers.map((name) => join(folder, name)) });
  rmSync(folder, { recursive: true });
  renameSync(joined, folder);
}

/** Compile, join and put the result in place; the exit status of the compiler. */
async function build(stamp) {
  const fresh = join(root, `.dist-${process.pid}-new`);
  const old = join(root, `.dist-${process.pid}-old`);
  try {
    const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.json', '--outDir', fresh], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    if (status !== 0) return status ?? 1;
    await joinCommand(fresh);
    writeFileSync(join(fresh, '.stamp'), stamp);
    putInPlace(fresh, old, stamp);
    return 0;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

removeLeftovers();
const stamp = hashSources();
if (readStamp() !== stamp) {
  if (existsSync(compiler)) {
    process.exitCode = await build(stamp);
  } else {
    console.error('not built: the compiler is not installed (npm ci --include=dev brings it)');
    // An install without devDependencies is no failure; `npm start` and `npm test` bring what they need.
    process.exitCode = process.env.npm_lifecycle_event === 'prepare' ? 0 : 1;
  }
}
