import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { ClosedPipe } from './closed-pipe.ts';
import { runCommandLine } from './command-line.ts';
import { beginDraining } from './draining.ts';
import { usesPipes } from './named-pipes.ts';
import { removeTemporaryFiles } from './temporary-files.ts';

/**
 * Run the command line and give the exit status: 0 all good, 1 something in the data is bad, 2 usage or I/O, 3 a wrong
 * copybook; 130 and 143 after Ctrl-C and SIGTERM. People see messages, never a stack.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const stop = (signal: NodeJS.Signals, status: number): void => {
    const end = (): void => {
      if (beginDraining(status)) return;
      process.off(signal, end);
      removeTemporaryFiles();
      if (!usesPipes()) process.exit(status);
      process.kill(process.pid, signal); // no longer caught: a shell shows the same status
    };
    process.on(signal, end);
  };
  stop('SIGINT', 130);
  stop('SIGTERM', 143);
  // Nobody listens any more: end quietly. Writers learn of it through their callbacks.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  try {
    return await runCommandLine(argv);
  } catch (error) {
    if (error instanceof ClosedPipe) return 0;
    return report(error);
  } finally {
    removeTemporaryFiles();
  }
}

function report(error: unknown): number {
  if (!(error instanceof OverpunchError)) {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    process.stderr.write(`overpunch: this is a mistake in overpunch itself: ${printable(text)}\n`);
    if (process.env['OVERPUNCH_DEBUG'] !== undefined && error instanceof Error)
      process.stderr.write(`${error.stack}\n`);
    return 2;
  }
  const { code, message, hint, exitStatus } = error;
  const placed = message.includes(`: ${code}: `);
  const text = placed ? message : `overpunch: ${code}: ${printable(message)}`;
  // A CopybookError's message is the whole report, hint included.
  const help = hint === undefined || message.includes(`hint: `) ? '' : `\n  hint: ${printable(hint)}`;
  process.stderr.write(`${text}${help}\n`);
  return exitStatus;
}
