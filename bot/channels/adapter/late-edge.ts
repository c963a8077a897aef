/** The edge, loaded with the first turn: the SDK is a quarter of what a start loads, and no message needs it to be accepted. */
import type { WorkerParts } from '../../conversation/worker.ts';

type Carry = WorkerParts['carry'];

export interface LateEdge {
  carry: Carry;
  /** Turns wait until the returned function is called: a server first listens, then loads. */
  hold(): () => Promise<void>;
}

export function createLateEdge(): LateEdge {
  let edge: Carry | undefined;
  let held = Promise.resolve();
  let loading: Promise<Carry> | undefined;

  function load(): Promise<Carry> {
    loading ??= held
      .then(() => import('../adapter.ts'))
      .then(({ createEdge }) => {
        edge = createEdge();
        return edge;
      });
    return loading;
  }

  return {
    carry: (...turn) => (edge ? edge(...turn) : load().then((loaded) => loaded(...turn))),
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return async () => {
        resolve();
        await load();
      };
    },
  };
}
