import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Run a command and give what it printed. Throws when it fails. */
export function runProcess(command: readonly string[]): string {
  const [program = '', ...rest] = command;
  const { status, stdout, stderr, error } = spawnSync(program, rest, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  if (status !== 0) throw new Error(`${command.join(' ')}: ${error?.message ?? `status ${status}`}\n${stderr}`);
  return stdout;
}

/** Start a command and give what it printed when it has ended. Rejects when it fails. */
export async function startProcess([program = '', ...rest]: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, rest, { cwd: root });
  return stdout;
}

/** The command that runs a TypeScript file of this folder. */
export function scriptCommand(file: string, ...rest: readonly string[]): readonly string[] {
  return [process.execPath, '--import', 'tsx', fileURLToPath(new URL(file, import.meta.url)), ...rest];
}

/** Say on standard error that something is not measured, and why. */
export function skipped(what: string, reason: string): void {
  process.stderr.write(`SKIPPED: ${what}: ${reason}\n`);
}
