/** Times as rows and Activities have them. */

let lastMs = Number.NaN;
let lastText = '';

/** ISO UTC of epoch milliseconds. The last one is kept: what a busy server does in one millisecond writes the same several times. */
export function isoTime(ms: number): string {
  if (ms !== lastMs) {
    lastText = new Date(ms).toISOString();
    lastMs = ms;
  }
  return lastText;
}
