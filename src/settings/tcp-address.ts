import { OverpunchError } from '../errors.ts';

/** Where a connection goes, or comes in. */
export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

/** Read `HOST:PORT` or `[IPV6]:PORT`; `null` when it is none. */
export function parseTcpAddress(text: string): TcpAddress | null {
  const found = /^(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9][A-Za-z0-9._-]{0,252})):([0-9]{1,5})$/.exec(text);
  const port = Number(found?.[3] ?? Number.NaN);
  const host = found?.[1] ?? found?.[2];
  return host === undefined || !(port <= 65535) ? null : { host, port };
}

/** Whether an address never leaves this machine. */
export function isLoopback({ host }: TcpAddress): boolean {
  return host === 'localhost' || host === '::1' || /^127\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}$/.test(host);
}

/** Read an address that has to be on this machine unless others are allowed. Throws USAGE. */
export function checkedTcpAddress(text: string, allowRemote: boolean | undefined): TcpAddress {
  const address = parseTcpAddress(text);
  if (address === null) {
    throw new OverpunchError('USAGE', `${JSON.stringify(text)} is no address`, { hint: 'give HOST:PORT' });
  }
  if (isLoopback(address) || allowRemote === true) return address;
  throw new OverpunchError('USAGE', `${text} is not on this machine`, {
    hint: 'bytes travel as they are, for everybody on the way to read and to change: allow it with allowRemote if that is meant',
  });
}
