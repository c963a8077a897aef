/** Counts and refuses every socket that would leave this machine. */
import net from 'node:net';

const HERE = /^(?:localhost|127(?:\.\d+){3}|::1|::ffff:127(?:\.\d+){3})$/;

export interface ClosedNetwork {
  /** Hosts that were asked for and refused, in order. */
  refused: string[];
  open(): void;
}

/** From now on until `open()`; `allowed` = hosts that may be reached all the same. */
export function closeNetwork(allowed: string[] = []): ClosedNetwork {
  const connect = net.Socket.prototype.connect;
  const refused: string[] = [];
  net.Socket.prototype.connect = function (this: net.Socket, ...args: never[]) {
    const host = hostOf(args);
    if (host === null || HERE.test(host) || allowed.includes(host))
      return connect.apply(this, args as unknown as Parameters<typeof connect>);
    refused.push(host);
    // As a network that is not there, so that whoever asked goes on.
    process.nextTick(() => this.destroy(Object.assign(new Error(`${host} is outside`), { code: 'ENETUNREACH' })));
    return this;
  } as typeof connect;
  return {
    refused,
    open() {
      net.Socket.prototype.connect = connect;
    },
  };
}

/** null = a socket of the file system. net.connect hands over one normalised array; calls on a socket hand over plain arguments. */
function hostOf(args: unknown[]): string | null {
  const first = (Array.isArray(args[0]) ? args[0][0] : args[0]) as { host?: string; path?: string } | number | string;
  if (typeof first === 'object') return first.path ? null : (first.host ?? 'localhost');
  if (typeof first === 'string') return null;
  return typeof args[1] === 'string' ? args[1] : 'localhost';
}
