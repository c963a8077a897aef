/**
 * A reply's Activity as the transcript keeps it, written as JSON at once: what `replyActivity` gives, addressed by the SDK's reference, without the object in between.
 * A passage's words stand in it up to twice and its address three times; each is quoted once.
 */
import type { ConversationReference } from 'botbuilder';
import type { Message, Reply, ReplyCitation } from '../../message.ts';
import { absolute, BOT, linkDefinition, senderOf } from './activity.ts';

const quoted: (text: string) => string = JSON.stringify;
const BOT_JSON = JSON.stringify(BOT);
const VOTES = ',"potentialAction":[{"@type":"VoteAction","actionOption":"upvote"},{"@type":"VoteAction","actionOption":"downvote"}]';

/** `reference`: of the message it replies to. `timestamp`: ISO UTC. */
export function activityJson(
  reply: Reply,
  message: Message,
  reference: Partial<ConversationReference>,
  id: string,
  timestamp: string,
): string {
  const { answer, citations } = reply;
  const urls = citations.map(({ url }) => absolute(url, message.origin));
  let text = reply.text;
  for (const [at, citation] of citations.entries()) text += `${at === 0 ? '\n\n' : '\n'}${linkDefinition(citation, urls[at]!)}`;
  const from = reply.speaker === 'agent' ? JSON.stringify(senderOf(reply)) : BOT_JSON;
  const to = `"channelId":${quoted(reference.channelId!)},"conversation":${JSON.stringify(reference.conversation)}`;
  return `{"type":"message","from":${from},"text":${quoted(text)},"textFormat":"markdown","locale":${quoted(reply.lang)}${
    answer ? `,"replyToId":${quoted(message.id)}` : ''
  }${channelData(reply)}${suggested(reply.choices)}${
    (answer && answer.outcome !== 'dialog') || citations.length > 0 ? `,"entities":[${entity(citations, urls, answer)}]` : ''
  },${to},"id":"${id}","timestamp":"${timestamp}"}`;
}

function channelData({ answer, speaker }: Reply): string {
  const agent = speaker === 'agent';
  if (!answer) return agent ? ',"channelData":{"sportello":{"speaker":"agent"}}' : '';
  const dialog = answer.dialog ? `,"dialog":${quoted(answer.dialog)}` : '';
  return `,"channelData":{"sportello":{"outcome":${quoted(answer.outcome)},"answerId":${quoted(answer.answerId)}${dialog}${agent ? ',"speaker":"agent"' : ''}}}`;
}

function suggested(choices: Reply['choices']): string {
  if (choices.length === 0) return '';
  let actions = '';
  for (const { title, value } of choices) {
    const shown = quoted(title);
    actions += `${actions === '' ? '' : ','}{"type":"imBack","title":${shown},"value":${value === title ? shown : quoted(value)}}`;
  }
  return `,"suggestedActions":{"to":[],"actions":[${actions}]}`;
}

function entity(citations: ReplyCitation[], urls: string[], answer: Reply['answer']): string {
  let claims = '';
  for (const [at, citation] of citations.entries()) claims += `${at === 0 ? '' : ','}${claim(citation, quoted(urls[at]!))}`;
  const generated = answer?.generated ? ',"additionalType":["AIGeneratedContent"]' : '';
  return `{"type":"https://schema.org/Message","@type":"Message","@context":"https://schema.org","@id":""${generated},"citation":[${claims}]${answer ? VOTES : ''}}`;
}

function claim({ position, quote, title, heading, updatedOn, validFrom, validUntil }: ReplyCitation, url: string): string {
  const words = quoted(quote);
  const valid = `${validFrom ? `,"validFrom":${quoted(validFrom)}` : ''}${validUntil ? `,"validThrough":${quoted(validUntil)}` : ''}`;
  const about = `"name":${quoted(title)},"url":${url},"abstract":${words},"headline":${quoted(heading)},"dateModified":${quoted(updatedOn)}${valid}`;
  return `{"@type":"Claim","@id":${url},"position":${position},"text":${words},"appearance":{"@type":"DigitalDocument",${about}}}`;
}
