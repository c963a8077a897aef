/** The edge, loaded with the first turn: the SDK is a quarter of what a start loads, and no message needs it to be accepted. */
import type { WorkerParts } from '../../conversation/worker.ts';

type Carry = WorkerParts['carry'];

export interface LateEdge {
  carry: Carry;
  /** Turns wait until `release`: a server first listens, then loads. */
  hold(): void;
  /** Also before an end: turns that have begun must be able to end. */
  release(): void;
  /** Before the first turn asks for it. */
  load(): Promise<unknown>;
}

/** `adapter`: stands in for the edge's own module in tests. */
export function createLateEdge(adapter = () => import('../adapter.ts')): LateEdge {
  let edge: Carry | undefined;
  let held: Promise<void> | undefined;
  let release = () => {};
  let loading: Promise<Carry> | undefined;

  async function loadOnce(): Promise<Carry> {
    await held;
    const { createEdge } = await adapter();
    edge = createEdge();
    return edge;
  }

  function load(): Promise<Carry> {
    // What could not be read once, too many open files, is read by the next turn.
    loading ??= loadOnce().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  }

  return {
    carry: (...turn) => (edge ? edge(...turn) : load().then((loaded) => loaded(...turn))),
    hold() {
      held = new Promise((resolve) => {
        release = resolve;
      });
    },
    release: () => release(),
    load,
  };
}
