/** Work that the server does again and again beside its requests. */
export interface Repeats {
  /** `failed`: what the log says when it could not be done; it is tried again the next time. */
  every(ms: number, failed: string, work: () => Promise<unknown>): void;
  stop(): void;
}

export function createRepeats(log: { warn(fields: object, message: string): void }): Repeats {
  const timers: NodeJS.Timeout[] = [];
  return {
    every(ms, failed, work) {
      const once = async (): Promise<void> => {
        try {
          await work();
        } catch (error) {
          log.warn({ error }, failed);
        }
      };
      const timer = setInterval(() => void once(), ms);
      timers.push(timer.unref());
    },
    stop() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
