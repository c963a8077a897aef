/** Tests reach nothing but this machine: any other host is refused at the socket, so that no library slips by and no test depends on the world outside. */
import net from 'node:net';

const here = /^(localhost|127(\.\d+){3}|::1|::ffff:127(\.\d+){3}|0\.0\.0\.0|::)$/;
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function (this: net.Socket, ...args: never[]) {
  // net.connect hands over one normalised array; calls on a socket hand over plain arguments.
  const first = (Array.isArray(args[0]) ? args[0][0] : args[0]) as { host?: string; path?: string } | number | string | undefined;
  const host =
    typeof first === 'object'
      ? first.path
        ? 'localhost'
        : (first.host ?? 'localhost')
      : typeof args[1] === 'string'
        ? args[1]
        : 'localhost';
  // .example never resolves (RFC 2606): tests with a look-up of their own may name it.
  if (!here.test(host) && !host.endsWith('.example'))
    throw new Error(`tests may not reach ${host}: the network is closed (.ci/closed-network.ts)`);
  return connect.apply(this, args);
} as typeof connect;
