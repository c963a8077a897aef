/** What a file is called in the office's own tool: by our mark, so that it is found again, and by the citizen's name for it, made harmless. */

const LONGEST = 100;
const ENDINGS: Record<string, string> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
};
const SAME: Record<string, string> = { jpeg: 'jpg' };

/** Letters of the file's id that tell it from every other of the case. */
export const markOf = (id: string): string => id.replace(/^f-/, '').slice(0, 10);

/**
 * `0a1b2c3d4e planimetria.pdf`: no path, no control or direction signs, no leading dot, nothing a shell, a header or a file system minds; the ending is that
 * of the bytes, so that "fattura.pdf.exe" opens as the PDF it is. At most 100 signs after the mark.
 */
export function nameInTool({ id, name, contentType }: { id: string; name: string; contentType: string }): string {
  const type = contentType.split(';')[0]?.trim() ?? '';
  const ending = ENDINGS[type] ?? 'bin';
  const base = (name.normalize('NFC').split(/[/\\]/).at(-1) ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu, '')
    .replace(/["'`<>:|?*;%$&\u2018-\u201f]/g, '_')
    .replace(/\s+/g, ' ')
    .trim();
  const [, stem = base, last = ''] = /^(.*)\.([\p{L}\p{N}]{1,5})$/u.exec(base) ?? [];
  const own = (SAME[last.toLowerCase()] ?? last.toLowerCase()) === ending ? stem : base;
  const kept = [...own.replace(/^[.\s-]+/, '')]
    .slice(0, LONGEST - ending.length - 1)
    .join('')
    .replace(/[.\s]+$/, '');
  return `${markOf(id)} ${kept || 'allegato'}.${ending}`;
}

/** Whether a name in the tool is that of this file. */
export const isNamed = (name: string, id: string): boolean => name.startsWith(`${markOf(id)} `);
