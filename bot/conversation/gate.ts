/** Few enough that what citizens send is taken in between, enough that one commit serves many. */
const AT_ONCE = 16;

/** Work begins some at a time in each round of the event loop, in order, however much waits. */
export function createGate(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const open = (): void => {
    for (const begin of waiting.splice(0, AT_ONCE)) begin();
    if (waiting.length > 0) setImmediate(open);
  };
  return () =>
    new Promise((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(open);
    });
}
