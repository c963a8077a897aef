/** A QR code as SVG: bytes, error correction L, versions 2 to 5 (one block), mask 0. ISO/IEC 18004. */

/** By version: data and correction bytes of its one block. */
const SIZES: Record<number, [data: number, correction: number]> = { 2: [34, 10], 3: [55, 15], 4: [80, 20], 5: [108, 26] };
const QUIET = 4;

/** Null when the text does not fit (more than 106 bytes of UTF-8). */
export function qrModules(text: string): boolean[][] | null {
  const bytes = Buffer.from(text, 'utf8');
  // Mode and length take 12 bits.
  const version = Object.keys(SIZES)
    .map(Number)
    .find((one) => bytes.length + 2 <= (SIZES[one]?.[0] ?? 0));
  if (!version) return null;
  const [dataBytes, correctionBytes] = SIZES[version] as [number, number];
  const data = dataOf(bytes, dataBytes);
  const grid = createGrid(version);
  grid.fill([...data, ...correctionOf(data, correctionBytes)]);
  return grid.modules;
}

export function qrSvg(text: string): string | null {
  const modules = qrModules(text);
  if (!modules) return null;
  const side = modules.length + 2 * QUIET;
  const path = modules.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : []))).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="320" height="320" shape-rendering="crispEdges"><title>QR</title><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${path}"/></svg>`;
}

function dataOf(bytes: Buffer, length: number): number[] {
  const bits = [0b0100, bytes.length >> 4, bytes.length & 15];
  // Half bytes: the mode takes one, so everything after it is shifted by one.
  for (const byte of bytes) bits.push(byte >> 4, byte & 15);
  bits.push(0);
  const data: number[] = [];
  for (let at = 0; at + 1 < bits.length || at < bits.length; at += 2) data.push(((bits[at] ?? 0) << 4) | (bits[at + 1] ?? 0));
  for (let pad = 0xec; data.length < length; pad ^= 0xec ^ 0x11) data.push(pad);
  return data;
}

/** Multiplication in GF(256) with the polynomial 0x11d. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ (product & 0x80 ? 0x11d : 0);
    if ((b >> bit) & 1) product ^= a;
  }
  return product & 0xff;
}

/** Reed–Solomon. */
export function correctionOf(data: number[], count: number): number[] {
  const divisor: number[] = [...new Array<number>(count - 1).fill(0), 1];
  let root = 1;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) divisor[j] = times(divisor[j] ?? 0, root) ^ (divisor[j + 1] ?? 0);
    root = times(root, 2);
  }
  const rest = new Array<number>(count).fill(0);
  for (const byte of data) {
    const factor = byte ^ (rest.shift() ?? 0);
    rest.push(0);
    for (let j = 0; j < count; j++) rest[j] = (rest[j] ?? 0) ^ times(divisor[j] ?? 0, factor);
  }
  return rest;
}

function createGrid(version: number) {
  const side = 17 + 4 * version;
  const modules = Array.from({ length: side }, () => new Array<boolean>(side).fill(false));
  const fixed = Array.from({ length: side }, () => new Array<boolean>(side).fill(false));
  const set = (x: number, y: number, dark: boolean) => {
    const [row, kept] = [modules[y], fixed[y]];
    if (!row || !kept || x < 0 || x >= side) return;
    row[x] = dark;
    kept[x] = true;
  };

  for (let at = 0; at < side; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  for (const [cx, cy] of [
    [3, 3],
    [side - 4, 3],
    [3, side - 4],
  ] as const)
    square(cx, cy, 4, (far) => far !== 2 && far !== 4);
  square(side - 7, side - 7, 2, (far) => far !== 1);
  format();

  function square(cx: number, cy: number, reach: number, isDark: (far: number) => boolean): void {
    for (let dy = -reach; dy <= reach; dy++)
      for (let dx = -reach; dx <= reach; dx++) set(cx + dx, cy + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
  }

  /** Level L, mask 0, twice. */
  function format(): void {
    const data = 0b01000;
    let rest = data;
    for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
    const bits = ((data << 10) | rest) ^ 0x5412;
    const bit = (at: number) => ((bits >> at) & 1) === 1;
    for (let at = 0; at <= 5; at++) set(8, at, bit(at));
    set(8, 7, bit(6));
    set(8, 8, bit(7));
    set(7, 8, bit(8));
    for (let at = 9; at < 15; at++) set(14 - at, 8, bit(at));
    for (let at = 0; at < 8; at++) set(side - 1 - at, 8, bit(at));
    for (let at = 8; at < 15; at++) set(8, side - 15 + at, bit(at));
    set(8, side - 8, true);
  }

  return {
    modules,
    /** Two columns at a time from the right, up and down in turn. */
    fill(codewords: number[]): void {
      let at = 0;
      for (let right = side - 1; right >= 1; right -= 2) {
        if (right === 6) right = 5;
        const isUp = ((right + 1) & 2) === 0;
        for (let step = 0; step < side; step++) {
          const y = isUp ? side - 1 - step : step;
          for (const x of [right, right - 1]) {
            if (fixed[y]?.[x]) continue;
            const dark = at < codewords.length * 8 && (((codewords[at >> 3] ?? 0) >> (7 - (at & 7))) & 1) === 1;
            at++;
            const row = modules[y];
            if (row) row[x] = dark !== ((x + y) % 2 === 0);
          }
        }
      }
    },
  };
}
