/** Runs a piece of a turn and may note how long it took; attributes are names of kinds, never what people wrote or who they are. */
export type Watch = <T>(name: string, attributes: Record<string, string | number>, work: () => Promise<T>) => Promise<T>;

/** Notes nothing. */
export const unwatched: Watch = (_name, _attributes, work) => work();
