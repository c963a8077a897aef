/** What a file is, by its first bytes; names and declared types are claims. Null = not one of the types we take. */
const ascii = (bytes: Uint8Array, start: number, end: number): string => Buffer.from(bytes.subarray(start, end)).toString('latin1');

const ODT = 'mimetypeapplication/vnd.oasis.opendocument.text';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export interface FileType {
  contentType: string;
  extension: string;
}

export function fileTypeOf(bytes: Uint8Array): FileType | null {
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return { contentType: 'image/png', extension: 'png' };
  if (ascii(bytes, 0, 3) === '\xff\xd8\xff') return { contentType: 'image/jpeg', extension: 'jpg' };
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return { contentType: 'image/webp', extension: 'webp' };
  if (ascii(bytes, 0, 5) === '%PDF-') return { contentType: 'application/pdf', extension: 'pdf' };
  if (ascii(bytes, 0, 4) === 'PK\x03\x04') return archiveType(bytes);
  return isText(bytes) ? { contentType: 'text/plain; charset=utf-8', extension: 'txt' } : null;
}

/** An ODT names itself in its first entry; a DOCX has word/document.xml in its directory, which stands at the end. */
function archiveType(bytes: Uint8Array): FileType | null {
  if (ascii(bytes, 30, 30 + ODT.length) === ODT) return { contentType: 'application/vnd.oasis.opendocument.text', extension: 'odt' };
  const directory = Buffer.from(bytes.subarray(Math.max(0, bytes.length - 65_536)));
  return directory.includes('word/document.xml') ? { contentType: DOCX, extension: 'docx' } : null;
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  for (const byte of bytes) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
