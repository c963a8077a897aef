/** The only file with pino. Logs go to stderr as JSON lines; they carry ids and figures, never what people wrote and never a secret. */
import pino from 'pino';

export interface Log {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** `destination` lets tests read what was written. */
export function createLog(level: string, destination?: pino.DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          '*.authorization',
          '*.cookie',
          '*.token',
          '*.password',
          '*.secret',
          'authorization',
          'cookie',
          'token',
          'password',
          'secret',
        ],
      },
      serializers: { error: describeError },
    },
    destination ?? pino.destination({ dest: 2, sync: false, minLength: 0 }),
  );
}

/** Name, code and where it happened; the message too, since ours never hold what people wrote. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : undefined;
  return { name: error.name, message: error.message, ...(code ? { code } : {}), stack: error.stack?.split('\n').slice(1, 6).join('\n') };
}
