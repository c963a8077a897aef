/** What a file really is, by its first bytes. The extension only chooses among text formats. */
import path from 'node:path';
import { Unreadable } from '../readers/contract.ts';

/** Extension → reader. `ls knowledge/readers` is the list. */
const TEXT = new Map([
  ['html', 'html'],
  ['htm', 'html'],
  ['xhtml', 'html'],
  ['md', 'md'],
  ['markdown', 'md'],
  ['txt', 'txt'],
  ['jsonl', 'jsonl'],
]);
const PACKED = new Set(['docx', 'odt']);
export const READABLE = [...new Set(TEXT.values()), ...PACKED, 'pdf'];

const MAGIC: [string, (bytes: Uint8Array) => boolean][] = [
  ['pdf', (bytes) => Buffer.from(bytes.subarray(0, 1_024)).includes('%PDF-')],
  ['zip', (bytes) => starts(bytes, [0x50, 0x4b, 0x03, 0x04]) || starts(bytes, [0x50, 0x4b, 0x05, 0x06])],
  ['programma', (bytes) => starts(bytes, [0x4d, 0x5a]) || starts(bytes, [0x7f, 0x45, 0x4c, 0x46])],
  [
    'immagine',
    (bytes) => starts(bytes, [0x89, 0x50, 0x4e, 0x47]) || starts(bytes, [0xff, 0xd8, 0xff]) || starts(bytes, [0x47, 0x49, 0x46, 0x38]),
  ],
  ['documento Word 97-2003', (bytes) => starts(bytes, [0xd0, 0xcf, 0x11, 0xe0])],
];

/** The reader for the file. Throws Unreadable when content and name do not fit or nobody reads that kind. */
export function checkType(bytes: Uint8Array, name: string): string {
  const extension = path.extname(name).slice(1).toLowerCase();
  const real = MAGIC.find(([, fits]) => fits(bytes))?.[0] ?? (looksLikeText(bytes) ? 'testo' : 'dati binari');
  if (extension === 'pdf' && real === 'pdf') return 'pdf';
  if (PACKED.has(extension) && real === 'zip') return extension;
  const reader = TEXT.get(extension);
  if (reader && real === 'testo') return reader;
  if (extension === 'pdf' || PACKED.has(extension) || reader)
    throw new Unreadable(`ha estensione .${extension} ma contiene altro (${real})`);
  throw new Unreadable(`il tipo «.${extension || 'senza estensione'}» non è tra quelli letti: ${READABLE.join(', ')}`);
}

function starts(bytes: Uint8Array, magic: number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

function looksLikeText(bytes: Uint8Array): boolean {
  return !bytes.subarray(0, 8_192).includes(0);
}
