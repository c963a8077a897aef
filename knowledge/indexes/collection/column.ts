/** Whole numbers that come one after another, in an array that grows by half. */
export interface Column {
  push(value: number): void;
  at(place: number): number;
  length(): number;
}

export function createColumn(): Column {
  let values = new Uint32Array(1 << 10);
  let length = 0;
  return {
    push(value) {
      if (length === values.length) {
        const larger = new Uint32Array(length + (length >> 1));
        larger.set(values);
        values = larger;
      }
      values[length++] = value;
    },
    at: (place) => values[place] as number,
    length: () => length,
  };
}
