/** Files that citizens send over Teams: a picture in the message lies with the service and wants the bot's token; a file lies in the citizen's OneDrive, behind an address that is open for minutes. */
import { z } from 'zod';
import { fetchSafely, Forbidden } from '../../../connectors/fetch-safely.ts';
import type { FetchFile, SentFile } from '../pushed/media.ts';

/** Name of a file's attachment, as Teams calls it. */
const DOWNLOAD = 'application/vnd.microsoft.teams.file.download.info';

/** What is not as expected here costs the file, never the citizen's words beside it. */
export const attachment = z.looseObject({
  contentType: z.string(),
  contentUrl: z.string().max(2_000).nullish().catch(null),
  name: z.string().nullish().catch(null),
  content: z.unknown().optional(),
});
type Attachment = z.infer<typeof attachment>;

const download = z.looseObject({ downloadUrl: z.string().max(4_000), fileType: z.string().nullish() });
const reference = z.object({ url: z.string(), token: z.boolean() });

const BY_ENDING: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  pdf: 'application/pdf',
};

/** The files of an activity that came from this service. What they are the bytes will say; until then this is a claim. */
export const filesIn = (attachments: Attachment[], serviceUrl: string): SentFile[] =>
  attachments.flatMap((one): SentFile[] => {
    // The token goes back to where the activity, whose own token was checked, came from; an address elsewhere is none that the service gave.
    if (one.contentType.startsWith('image/') && one.contentUrl && originOf(one.contentUrl) === originOf(serviceUrl))
      return [
        {
          reference: JSON.stringify({ url: one.contentUrl, token: true }),
          name: (one.name || 'foto.jpg').slice(0, 200),
          contentType: one.contentType,
        },
      ];
    const info = one.contentType === DOWNLOAD ? download.safeParse(one.content).data : undefined;
    if (!info) return [];
    const contentType = BY_ENDING[info.fileType?.toLowerCase() ?? ''] ?? 'application/octet-stream';
    return [{ reference: JSON.stringify({ url: info.downloadUrl, token: false }), name: (one.name || 'file').slice(0, 200), contentType }];
  });

const originOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).origin : null);

/** What an attachment is that is no file of ours to read; null = nothing that a citizen said. */
export function unreadableIn(attachments: Attachment[]): { kind: string; shown: string } | null {
  // A message's words come a second time as HTML.
  const odd = attachments.find(({ contentType }) => contentType !== 'text/html');
  if (!odd) return null;
  if (odd.contentType.startsWith('audio/')) return { kind: 'voice', shown: '[messaggio vocale]' };
  return odd.contentType.startsWith('video/') ? { kind: 'video', shown: '[video]' } : { kind: 'other', shown: '[file]' };
}

/** `mayHaveToken`: the token goes to Microsoft's services alone; `allow`: `host:port` of a stand-in. */
export function createFetch(parts: { bearer(): Promise<string>; mayHaveToken(url: string): boolean; allow: string[] }): FetchFile {
  return async (kept) => {
    const { url, token } = reference.parse(JSON.parse(kept));
    if (token && !parts.mayHaveToken(url)) return null;
    const headers = token ? { authorization: `Bearer ${await parts.bearer()}` } : {};
    try {
      const { status, bytes } = await fetchSafely(url, { allow: parts.allow, headers, redirects: token ? 0 : 5 });
      if (status === 200) return bytes;
      // Open for minutes only: what is closed opens no more.
      if ([400, 401, 403, 404, 410].includes(status) && !(token && status === 401)) return null;
      throw new Error(`Teams gives no file: ${status}`);
    } catch (error) {
      if (error instanceof Forbidden) return null;
      // It goes into the log: the address names the citizen, and opens the file for whoever reads it.
      throw new Error((error instanceof Error ? error.message : String(error)).replaceAll(url, 'the file'));
    }
  };
}
