/** A stored version as Markdown to go on editing, where nobody wrote any: headings by the paths of its passages, the rest as it stands. */
import type { StoredVersion } from './document.ts';

/** Read again, it gives the same passages, as far as the text shows where headings are. */
export function asMarkdown({ text, title, passages }: Pick<StoredVersion, 'text' | 'title' | 'passages'>): string {
  const levels = new Map<string, number>();
  for (const { headings } of passages)
    for (const [depth, heading] of headings.entries()) levels.set(heading, Math.min(levels.get(heading) ?? 9, depth + 2));
  const inside = (at: number) => passages.some(({ start, end }) => at >= start && at < end);
  const lines: string[] = [];
  let at = 0;
  let first = true;
  for (const line of text.split('\n')) {
    const level = first && line.trim() === title ? 1 : inside(at) ? undefined : levels.get(line.trim());
    if (line.trim() !== '') first = false;
    // A row of a table is a paragraph of its own, or it would run on into the next.
    const row = inside(at) && lines.at(-1) !== '' && lines.length > 0 && !/^\s*- /.test(line) && line !== '';
    if (row) lines.push('');
    lines.push(level ? `${'#'.repeat(Math.min(level, 6))} ${line.trim()}` : line);
    at += line.length + 1;
  }
  return lines.join('\n');
}
