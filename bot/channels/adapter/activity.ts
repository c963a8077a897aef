/**
 * Reply → Bot Framework Activity, and Message → Activity: plain values, no SDK. Field names are those of CONTRACT.md, "On Direct Line".
 * What need not be there is written afterwards: each property that follows a spread in a literal goes through V8's runtime.
 */
import type { Message, Reply, ReplyCitation } from '../../message.ts';

export const BOT = { id: 'sportello', name: 'Sportello', role: 'bot' } as const;

const absolute = (url: string, origin: string | undefined): string => (url.startsWith('/') && origin ? origin + url : url);

/** What the transcript of a citizen's text shows, with the id that the channel answered. */
export function incomingActivity(message: Message, channelData?: Record<string, unknown>): Record<string, unknown> {
  const activity: Record<string, unknown> = {
    type: 'message',
    id: message.id,
    timestamp: message.receivedAt,
    channelId: message.channel,
    from: { id: message.citizenId, role: 'user', ...(message.citizenName ? { name: message.citizenName } : {}) },
    conversation: { id: message.conversationId },
    text: message.text,
  };
  if (message.locale) activity['locale'] = message.locale;
  if (message.value !== undefined) activity['value'] = message.value;
  if (message.attachments.length > 0)
    activity['attachments'] = message.attachments.map(({ name, contentType, url }) => ({ name, contentType, contentUrl: url }));
  if (channelData) activity['channelData'] = channelData;
  return activity;
}

export const senderOf = (reply: Reply) =>
  reply.speaker === 'agent' ? { id: 'agent', name: reply.speakerName ?? 'Agent', role: 'bot' } : BOT;

/** The parts of a reply's Activity that do not depend on who delivers it. */
export function replyActivity(reply: Reply, message: Message): Record<string, unknown> {
  if (reply.kind === 'typing') return { type: 'typing', from: BOT };
  const citations = reply.citations.map((citation) => ({ ...citation, url: absolute(citation.url, message.origin) }));
  const sportello = markOf(reply);
  const activity: Record<string, unknown> = {
    type: 'message',
    from: senderOf(reply),
    text: citations.length > 0 ? `${reply.text}\n\n${citations.map(linkDefinition).join('\n')}` : reply.text,
    textFormat: 'markdown',
    locale: reply.lang,
  };
  if (reply.answer) activity['replyToId'] = message.id;
  if (sportello) activity['channelData'] = { sportello };
  if (reply.choices.length > 0)
    activity['suggestedActions'] = { to: [], actions: reply.choices.map(({ title, value }) => ({ type: 'imBack', title, value })) };
  if ((reply.answer && reply.answer.outcome !== 'dialog') || citations.length > 0)
    activity['entities'] = [messageEntity(citations, reply.answer)];
  return activity;
}

/** What our own pages read of a reply; null = nothing. */
function markOf({ answer, speaker }: Reply): Record<string, unknown> | null {
  if (!answer) return speaker === 'agent' ? { speaker: 'agent' } : null;
  const mark: Record<string, unknown> = { outcome: answer.outcome, answerId: answer.answerId };
  if (answer.dialog) mark['dialog'] = answer.dialog;
  if (speaker === 'agent') mark['speaker'] = 'agent';
  return mark;
}

/** `[1]: URL "Title"`; a title may hold neither quotes nor line breaks. */
function linkDefinition({ position, url, title }: ReplyCitation): string {
  return `[${position}]: ${url.replaceAll(' ', '%20')} "${title.replaceAll(/[\s\\]+/g, ' ').replaceAll('"', '”')}"`;
}

/** Only answers of the assistant are voted on. */
function messageEntity(citations: ReplyCitation[], answer: Reply['answer']): Record<string, unknown> {
  const entity: Record<string, unknown> = {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
  };
  if (answer?.generated) entity['additionalType'] = ['AIGeneratedContent'];
  entity['citation'] = citations.map(claimOf);
  if (answer)
    entity['potentialAction'] = [
      { '@type': 'VoteAction', actionOption: 'upvote' },
      { '@type': 'VoteAction', actionOption: 'downvote' },
    ];
  return entity;
}

function claimOf({ position, url, quote, title, heading, updatedOn, validFrom, validUntil }: ReplyCitation): Record<string, unknown> {
  const appearance: Record<string, unknown> = {
    '@type': 'DigitalDocument',
    name: title,
    url,
    abstract: quote,
    headline: heading,
    dateModified: updatedOn,
  };
  if (validFrom) appearance['validFrom'] = validFrom;
  if (validUntil) appearance['validThrough'] = validUntil;
  return { '@type': 'Claim', '@id': url, position, text: quote, appearance };
}
