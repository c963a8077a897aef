/** Step 11, writeReplies: an Answer, or words of our own, as Replies that every channel can render. */
import type { Answer } from '../../knowledge/answering/question.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import type { Reply, ReplyCitation } from '../message.ts';

/** `answerId` names the stored answer, for votes and for reopening it later. */
export function writeReplies(answer: Answer, answerId: string): Reply[] {
  return [
    {
      kind: 'text',
      text: answer.text,
      lang: answer.lang,
      speaker: 'bot',
      choices: answer.choices,
      citations: citationsOf(answer),
      answer: { outcome: answer.outcome, answerId, ...(answer.generated ? { generated: true } : {}) },
    },
  ];
}

/** What a reply shows of an answer's citations. */
export function citationsOf({ citations }: Answer): ReplyCitation[] {
  return citations.map(({ position, title, heading, url, quote, updatedOn, validFrom, validUntil }) => ({
    position,
    title,
    heading,
    url,
    quote,
    updatedOn,
    validFrom,
    validUntil,
  }));
}

/** One reply in our own words; `answer` on the one that answers the message. */
export function plainReply(text: string, lang: string, choices: string[] = [], answer?: Reply['answer']): Reply {
  return {
    kind: 'text',
    text,
    lang,
    speaker: 'bot',
    choices: choices.map((title) => ({ title, value: title })),
    citations: [],
    ...(answer ? { answer } : {}),
  };
}

/** Offered under a question that no document answers: editors see it, and the answer comes here. */
export function tellMeChoice(say: Say): Reply['choices'][number] {
  return { title: say('tellMe'), value: say('tellMe') };
}

/** The answer that a citizen waited for; a further message, so it answers none. */
export function nowAnswered(answer: Answer, question: string, say: Say): Reply {
  const [reply] = writeReplies(answer, '') as [Reply];
  const { answer: _, ...further } = reply;
  return { ...further, choices: [], text: `${say('nowAnswered', { question })}\n\n${answer.text}` };
}

/** First contact: an automatic system answers, what it can do, where the privacy notice is, three ways to begin. */
export function greet(say: Say, lang: string, body: string): Reply {
  const text = `${say('greeting', { body })}\n\n${say('privacy', { privacyUrl: '/privacy' })}`;
  return plainReply(text, lang, [say('suggestion1'), say('suggestion2'), say('suggestion3')]);
}
