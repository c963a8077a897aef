/** The socket that says when to look again; while it is down the page looks by itself every few seconds. */

const POLL_MS = 5_000;
const BEAT_MS = 20_000;
const BACK_MS = 1_000;
const LONGEST_BACK_MS = 15_000;

/** `changed`: `queue`, or the id of a conversation whose state is another. `said`: the id of a conversation with something new in it. */
export function listenLive(on: {
  changed(what: string): void;
  said(conversationId: string): void;
  mentioned(conversationId: string): void;
}): void {
  let polling: ReturnType<typeof setInterval> | undefined;
  let wait = BACK_MS;

  function poll(): void {
    polling ??= setInterval(() => on.changed('queue'), POLL_MS);
  }

  function connect(): void {
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/desk/live`);
    // The server takes an agent for gone who is not heard of for a minute.
    const beat = setInterval(() => socket.readyState === WebSocket.OPEN && socket.send('here'), BEAT_MS);
    socket.onopen = () => {
      wait = BACK_MS;
      clearInterval(polling);
      polling = undefined;
      on.changed('queue');
    };
    socket.onmessage = ({ data }) => {
      const { changed, said, mentioned } = JSON.parse(String(data)) as { changed?: string; said?: string; mentioned?: string };
      if (changed) on.changed(changed);
      if (said) on.said(said);
      if (mentioned) on.mentioned(mentioned);
    };
    socket.onclose = () => {
      clearInterval(beat);
      poll();
      setTimeout(connect, wait);
      wait = Math.min(LONGEST_BACK_MS, wait * 2);
    };
  }
  connect();
}
