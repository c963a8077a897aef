/** Text frames for a citizen's socket, each in one piece: ws writes a frame's head and its text apart, which costs a turn more than anything else it sends. */
import type { Duplex } from 'node:stream';

const FINAL_TEXT = 0x81;
const LONGEST_HEAD = 10;
const SCRATCH_BYTES = 64 * 1024;
/** What a UTF-16 unit comes to in UTF-8, at most. */
const BYTES_OF_UNIT = 3;
/** Made with the first frame; written over once the system has taken what was in it. */
let scratch: Buffer | undefined;

/** Writes `text` as one frame of a server (RFC 6455, 5.2: final, not masked, not compressed). The socket must be between two frames, as ws leaves it. */
export function writeText(socket: Duplex, text: string): void {
  const fits = LONGEST_HEAD + text.length * BYTES_OF_UNIT <= SCRATCH_BYTES;
  scratch ??= Buffer.allocUnsafeSlow(SCRATCH_BYTES);
  const room = fits ? scratch : Buffer.allocUnsafeSlow(LONGEST_HEAD + Buffer.byteLength(text));
  const length = room.write(text, LONGEST_HEAD);
  socket.write(room.subarray(writeHead(room, length), LONGEST_HEAD + length));
  // The socket holds on to what waits.
  if (fits && socket.writableLength > 0) scratch = undefined;
}

/** Writes the head so that it ends where the text begins; where it begins. */
function writeHead(room: Buffer, length: number): number {
  if (length < 126) {
    room[LONGEST_HEAD - 2] = FINAL_TEXT;
    room[LONGEST_HEAD - 1] = length;
    return LONGEST_HEAD - 2;
  }
  if (length < 65_536) {
    room[LONGEST_HEAD - 4] = FINAL_TEXT;
    room[LONGEST_HEAD - 3] = 126;
    room.writeUInt16BE(length, LONGEST_HEAD - 2);
    return LONGEST_HEAD - 4;
  }
  room[0] = FINAL_TEXT;
  room[1] = 127;
  room.writeUInt32BE(0, 2);
  room.writeUInt32BE(length, 6);
  return 0;
}
