/** A reply as one Markdown text: its words, then its sources as numbered links. */
import type { Reply } from '../../message.ts';
import { absolute } from './markdown.ts';

const plain = (text: string): string => text.replaceAll(/[[\]\\*_`\s]+/g, ' ').trim();

/** A person's name stands above their words, so that nobody takes them for the assistant's. */
export function textOf(reply: Reply, origin?: string): string {
  const said = reply.speaker === 'agent' && reply.speakerName ? `**${plain(reply.speakerName)}**\n${reply.text}` : reply.text;
  const sources = reply.citations.map(({ position, title, url }) => {
    const address = absolute(url, origin);
    return address
      ? `[${position}] [${plain(title)}](${address.replaceAll(')', '%29').replaceAll(' ', '%20')})`
      : `[${position}] ${plain(title)}`;
  });
  return sources.length > 0 ? `${said}\n\n${sources.join('\n')}` : said;
}
