/** A desk that stays open at one process: signed in once, its socket comes back, and it notes when it was told to look. */
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

export interface OpenDesk {
  /** Says that something has changed; resolves once the server took it, with when it was last said. */
  change(): Promise<number>;
  /** When it was told last to look, by performance.now(). */
  toldAt(): number;
  close(): void;
}

const BACK_MS = 200;

/** Signs in at `origin`, which must answer; afterwards everything is tried again until it works. */
export async function openDesk(origin: string, name: string, password: string): Promise<OpenDesk> {
  const json = { 'content-type': 'application/json' };
  const signed = await fetch(`${origin}/api/sign-in`, { method: 'POST', headers: json, body: JSON.stringify({ name, password }) });
  if (signed.status !== 200) throw new Error(`sign-in answered ${signed.status}`);
  const cookie = signed.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const { csrf } = (await signed.json()) as { csrf: string };
  let told = Number.NEGATIVE_INFINITY;
  let closed = false;
  let socket: WebSocket | undefined;

  function listen(): void {
    if (closed) return;
    const fresh = new WebSocket(`${origin.replace('http', 'ws')}/api/desk/live`, { headers: { cookie, origin }, perMessageDeflate: false });
    socket = fresh;
    fresh.on('message', (data: Buffer) => {
      if ((JSON.parse(data.toString()) as { changed?: string }).changed) told = performance.now();
    });
    fresh.on('error', () => {});
    fresh.on('close', () => setTimeout(listen, BACK_MS));
  }
  listen();
  let capacity = 1;
  return {
    async change() {
      for (;;) {
        const at = performance.now();
        capacity = (capacity % 9) + 1;
        const answer = await fetch(`${origin}/api/desk/here`, {
          method: 'POST',
          headers: { ...json, cookie, 'x-csrf': csrf },
          body: JSON.stringify({ capacity }),
          signal: AbortSignal.timeout(30_000),
        }).catch(() => null);
        await answer?.arrayBuffer().catch(() => {});
        if (answer?.status === 200 || closed) return at;
        await sleep(100);
      }
    },
    toldAt: () => told,
    close() {
      closed = true;
      socket?.terminate();
    },
  };
}
