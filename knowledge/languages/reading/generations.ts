/** Values kept by key, within bounds. */
export interface Generations<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
}

/**
 * Holds the last `most` new keys at least, and twice as many at most. When it is full, what has not been asked for since it was half full goes: keys that come
 * again and again stay, however many others come once.
 */
export function createGenerations<V>(most: number): Generations<V> {
  let young = new Map<string, V>();
  let old = new Map<string, V>();
  function set(key: string, value: V): void {
    if (young.size >= most) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  }
  return {
    get(key) {
      const known = young.get(key);
      if (known !== undefined) return known;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
    set,
  };
}
