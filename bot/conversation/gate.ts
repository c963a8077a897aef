/** Work begins some at a time in each round of the event loop, in order: however much waits, what citizens send is taken in between. */
export function createGate(atOnce: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const open = (): void => {
    for (const begin of waiting.splice(0, atOnce)) begin();
    if (waiting.length > 0) setImmediate(open);
  };
  return () =>
    new Promise((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(open);
    });
}
