/** Reply → Bot Framework Activity, and Message → Activity: plain values, no SDK. Field names are those of CONTRACT.md, "On Direct Line". */
import type { Message, Reply, ReplyCitation } from '../../message.ts';

export const BOT = { id: 'sportello', name: 'Sportello', role: 'bot' } as const;

const absolute = (url: string, origin: string | undefined): string => (url.startsWith('/') && origin ? origin + url : url);

/** What the transcript of a citizen's text shows, with the id that the channel answered. */
export function incomingActivity(message: Message, channelData?: Record<string, unknown>): Record<string, unknown> {
  return {
    type: 'message',
    id: message.id,
    timestamp: message.receivedAt,
    channelId: message.channel,
    from: { id: message.citizenId, role: 'user', ...(message.citizenName ? { name: message.citizenName } : {}) },
    conversation: { id: message.conversationId },
    text: message.text,
    ...(message.locale ? { locale: message.locale } : {}),
    ...(message.value === undefined ? {} : { value: message.value }),
    ...(message.attachments.length > 0
      ? { attachments: message.attachments.map(({ name, contentType, url }) => ({ name, contentType, contentUrl: url })) }
      : {}),
    ...(channelData ? { channelData } : {}),
  };
}

export const senderOf = (reply: Reply) =>
  reply.speaker === 'agent' ? { id: 'agent', name: reply.speakerName ?? 'Agent', role: 'bot' } : BOT;

/** The parts of a reply's Activity that do not depend on who delivers it. */
export function replyActivity(reply: Reply, message: Message): Record<string, unknown> {
  if (reply.kind === 'typing') return { type: 'typing', from: BOT };
  const citations = reply.citations.map((citation) => ({ ...citation, url: absolute(citation.url, message.origin) }));
  const sportello = { ...answerMark(reply), ...(reply.speaker === 'agent' ? { speaker: 'agent' } : {}) };
  return {
    type: 'message',
    from: senderOf(reply),
    text: citations.length > 0 ? `${reply.text}\n\n${citations.map(linkDefinition).join('\n')}` : reply.text,
    textFormat: 'markdown',
    locale: reply.lang,
    ...(reply.answer ? { replyToId: message.id } : {}),
    ...(Object.keys(sportello).length > 0 ? { channelData: { sportello } } : {}),
    ...(reply.choices.length > 0
      ? { suggestedActions: { to: [], actions: reply.choices.map(({ title, value }) => ({ type: 'imBack', title, value })) } }
      : {}),
    ...((reply.answer && reply.answer.outcome !== 'dialog') || citations.length > 0
      ? { entities: [messageEntity(citations, reply.answer)] }
      : {}),
  };
}

function answerMark(reply: Reply): Record<string, unknown> {
  if (!reply.answer) return {};
  const { outcome, answerId, dialog } = reply.answer;
  return { outcome, answerId, ...(dialog ? { dialog } : {}) };
}

/** `[1]: URL "Title"`; a title may hold neither quotes nor line breaks. */
function linkDefinition({ position, url, title }: ReplyCitation): string {
  return `[${position}]: ${url.replaceAll(' ', '%20')} "${title.replaceAll(/[\s\\]+/g, ' ').replaceAll('"', '”')}"`;
}

/** Only answers of the assistant are voted on. */
function messageEntity(citations: ReplyCitation[], answer: Reply['answer']): Record<string, unknown> {
  return {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
    ...(answer?.generated ? { additionalType: ['AIGeneratedContent'] } : {}),
    citation: citations.map(({ position, url, quote, title, heading, updatedOn, validFrom, validUntil }) => ({
      '@type': 'Claim',
      '@id': url,
      position,
      text: quote,
      appearance: {
        '@type': 'DigitalDocument',
        name: title,
        url,
        abstract: quote,
        headline: heading,
        dateModified: updatedOn,
        ...(validFrom ? { validFrom } : {}),
        ...(validUntil ? { validThrough: validUntil } : {}),
      },
    })),
    ...(answer
      ? {
          potentialAction: [
            { '@type': 'VoteAction', actionOption: 'upvote' },
            { '@type': 'VoteAction', actionOption: 'downvote' },
          ],
        }
      : {}),
  };
}
