/** Work begins one in each round of the event loop, in order: however much waits, what citizens send is taken in between. */
export function createGate(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const open = (): void => {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(open);
  };
  return () =>
    new Promise((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(open);
    });
}
