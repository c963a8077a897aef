/** A thread that multiplies its part of the rows. It holds the memory of one index at a time and knows nothing of passages. */
import { parentPort } from 'node:worker_threads';
import { type ScanRows, scanOver } from './dense-scan.ts';

/** `index`: which memory; sent again with each, and looked at only when it is another one. */
export interface ScanPart {
  part: number;
  index: number;
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  firstByte: number;
  endByte: number;
  width: number;
  out: number;
}

/** Said once, when the thread can take parts. */
export const READY = -1;

let held: { index: number; scan: ScanRows } | null = null;

parentPort?.on('message', ({ part, index, module, memory, firstByte, endByte, width, out }: ScanPart) => {
  if (held?.index !== index) held = { index, scan: scanOver(module, memory) };
  held.scan(firstByte, endByte, width, out);
  parentPort?.postMessage(part);
});
parentPort?.postMessage(READY);
