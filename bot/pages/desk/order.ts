/** Answers of the server may come late and in any order: what was asked last stands, and what was written meanwhile stays. */

/** `ask` gives what to call once the answer is there: false = a later question has been answered already. */
export function createOrder(): { ask(): () => boolean } {
  let asked = 0;
  let shown = 0;
  return {
    ask() {
      const mine = ++asked;
      return () => {
        if (mine < shown) return false;
        shown = mine;
        return true;
      };
    },
  };
}

/** A message keeps its key until it has arrived, so that sent again after a lost answer it arrives once. */
export function createKeys(): { of(text: string): string; arrived(): void } {
  let last: { text: string; key: string } | null = null;
  return {
    of(text) {
      if (last?.text !== text) last = { text, key: `${Date.now()}-${Math.random().toString(36).slice(2)}` };
      return last.key;
    },
    arrived() {
      last = null;
    },
  };
}

/** What is left of a draft when `sent`, without spaces around it, has gone out: whatever was written since. */
export function restOf(draft: string, sent: string): string {
  const begun = draft.trimStart();
  return begun.startsWith(sent) ? begun.slice(sent.length).trimStart() : draft;
}

/** Runs `work` a while after the first call: many calls until then are one. */
export function soon(work: () => void, afterMs: number): () => void {
  let isComing = false;
  return () => {
    if (isComing) return;
    isComing = true;
    setTimeout(() => {
      isComing = false;
      work();
    }, afterMs);
  };
}
