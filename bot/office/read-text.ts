/** A text sent as the body of a request. */
import type { IncomingMessage } from 'node:http';
import { Refusal } from '../http/route.ts';

const LIMIT_BYTES = 20 * 1024 * 1024;

/** UTF-8, or Windows-1252 as spreadsheets of a certain age write it. Throws Refusal 413. */
export async function readText(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    size += (piece as Buffer).length;
    if (size > LIMIT_BYTES) throw new Refusal(413, 'TooLarge', 'Il file è troppo grande: al massimo 20 MB.');
    pieces.push(piece as Buffer);
  }
  const bytes = Buffer.concat(pieces);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
