/** The parts of an orderly end, one after the other: one that fails, since the database is away, keeps none of the others from ending. */
export async function endAll(log: { warn(fields: object, message: string): void }, parts: (() => unknown)[]): Promise<void> {
  for (const end of parts) {
    try {
      await end();
    } catch (error) {
      log.warn({ error }, 'a part could not end in order');
    }
  }
}
