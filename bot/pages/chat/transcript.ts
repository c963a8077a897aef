/** The conversation as plain text, with its sources, to keep. */
import { plainText } from '../shared/markdown.ts';
import type { Words } from '../shared/words.ts';
import type { Entry } from './messages.ts';

export function plainTranscript(entries: Entry[], t: Words): string {
  const parts = entries.map(({ own, activity }) => {
    const claims = activity.entities?.flatMap((entity) => entity.citation ?? []) ?? [];
    const sources = claims.map((claim) => `  [${claim.position}] ${claim.appearance.name}: «${claim.text}»\n      ${claim.appearance.url}`);
    const when = activity.timestamp ? ` (${activity.timestamp.slice(0, 16).replace('T', ' ')} UTC)` : '';
    return [
      `${own ? t.you : t.bot}${when}:`,
      plainText(activity.text ?? ''),
      ...(sources.length > 0 ? [`${t.sources}:`, ...sources] : []),
    ].join('\n');
  });
  return `${location.origin}\n\n${parts.join('\n\n')}\n`;
}
