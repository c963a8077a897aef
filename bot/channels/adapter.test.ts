import { describe, expect, test } from 'vitest';
import { type Conversation, emptyState } from '../conversation/conversation.ts';
import type { Message, Reply } from '../message.ts';
import { createEdge } from './adapter.ts';

const message: Message = {
  channel: 'web',
  externalId: 'x',
  conversationId: 'c',
  id: 'm1',
  kind: 'text',
  text: 'Quanto costa?',
  attachments: [],
  citizenId: 'dl_anna',
  receivedAt: '2026-11-25T09:00:00.000Z',
  origin: 'https://comune.example',
};
const conversation: Conversation = {
  id: 'c',
  channel: 'web',
  citizenId: 'dl_anna',
  lang: 'it',
  mode: 'bot',
  state: emptyState(),
  history: [],
};
const reply: Reply = {
  kind: 'text',
  text: 'Costa 22,21 € [1].',
  lang: 'it',
  speaker: 'bot',
  choices: [],
  citations: [],
  answer: { outcome: 'answered', answerId: 'a1' },
};
const citation = {
  position: 1,
  title: 'Carta "CIE"\ndigitale',
  heading: 'Quanto costa',
  url: '/sources/carta/1#quanto-costa',
  quote: 'Il costo è di 22,21 €.',
  updatedOn: '2026-01-02',
  validFrom: null,
  validUntil: null,
};

async function carry(...replies: Reply[]) {
  const carried = await createEdge()(message, conversation, async () => ({ replies, state: emptyState() }));
  return carried.activities.map(({ json }) => JSON.parse(json) as Record<string, unknown>);
}

describe('a reply as an Activity', () => {
  test('cites with link definitions and the entity that clients render, at absolute addresses', async () => {
    const [activity] = await carry({ ...reply, citations: [citation], choices: [{ title: 'Prenota', value: 'Vorrei prenotare' }] });
    const url = 'https://comune.example/sources/carta/1#quanto-costa';
    expect(activity).toMatchObject({
      type: 'message',
      text: `Costa 22,21 € [1].\n\n[1]: ${url} "Carta ”CIE” digitale"`,
      locale: 'it',
      replyToId: 'm1',
      from: { role: 'bot' },
      conversation: { id: 'c' },
      channelData: { sportello: { outcome: 'answered', answerId: 'a1' } },
      suggestedActions: { actions: [{ type: 'imBack', title: 'Prenota', value: 'Vorrei prenotare' }] },
    });
    const [entity] = activity!['entities'] as Record<string, unknown>[];
    expect(entity).toEqual({
      type: 'https://schema.org/Message',
      '@type': 'Message',
      '@context': 'https://schema.org',
      '@id': '',
      citation: [expect.objectContaining({ '@type': 'Claim', '@id': url, position: 1, text: citation.quote })],
      potentialAction: [
        { '@type': 'VoteAction', actionOption: 'upvote' },
        { '@type': 'VoteAction', actionOption: 'downvote' },
      ],
    });
  });

  test('says where a model wrote it, and names the agent who speaks', async () => {
    const generated = { outcome: 'answered', answerId: 'a2', generated: true };
    const { answer: _, ...plain } = reply;
    const [first, second] = await carry({ ...reply, answer: generated }, { ...plain, speaker: 'agent', speakerName: 'Giulia' });
    expect(first).toMatchObject({ entities: [{ additionalType: ['AIGeneratedContent'] }] });
    expect(second).toMatchObject({ from: { role: 'bot', name: 'Giulia' }, channelData: { sportello: { speaker: 'agent' } } });
    expect(second).not.toHaveProperty('replyToId');
    expect(second).not.toHaveProperty('entities');
  });

  test('is written as the SDK makes it', async () => {
    const { answer: _, ...plain } = reply;
    const second = { ...citation, position: 2, url: 'https://altrove.example/a b', validFrom: '2026-01-01', validUntil: '2026-12-31' };
    const choices = [
      { title: 'Sì', value: 'Sì' },
      { title: 'Prenota "ora"', value: 'Vorrei\nprenotare \u2028' },
    ];
    const dialog = { outcome: 'dialog', answerId: 'a3', dialog: 'booking' };
    const agent = { speaker: 'agent' as const, speakerName: 'Giulia "G."' };
    const replies: Reply[] = [
      reply,
      plain,
      { ...reply, citations: [citation, second], choices, text: 'Così: "a\\b"\t\u{1F44D} \ud800' },
      { ...plain, citations: [second] },
      { ...reply, answer: dialog },
      { ...reply, answer: dialog, citations: [citation] },
      { ...reply, answer: { outcome: 'answered', answerId: 'a4', generated: true } },
      { ...plain, ...agent, choices },
      { ...reply, ...agent },
      { ...plain, speaker: 'agent' },
      { ...plain, kind: 'typing' },
    ];
    const { origin: _own, ...homeless } = message;
    const opened: Message = { ...message, kind: 'opened', locale: 'de-DE', citizenName: 'Anna' };
    for (const heard of [message, homeless, opened, { ...message, kind: 'desk' as const, channel: 'telegram', value: { a: 1 } }]) {
      const speak = async () => ({ replies, state: emptyState() });
      const [own, sdk] = await Promise.all([
        createEdge()(heard, conversation, speak),
        createEdge([{ onTurn: async (_context: unknown, next: () => Promise<void>) => next() }])(heard, conversation, speak),
      ]);
      expect(own.activities).toHaveLength(10);
      const bare = ({ id, json }: { id: string; json: string }) =>
        json.replace(`"id":"${id}"`, '"id":""').replace(/"timestamp":"[^"]+"/, '');
      expect(own.activities.map(bare)).toEqual(sdk.activities.map(bare));
      expect(own.activities.map((activity) => activity.reply)).toEqual(sdk.activities.map((activity) => activity.reply));
    }
  });

  test('middleware sees the turn and may stop it only loudly', async () => {
    const seen: (string | undefined)[] = [];
    const note = async (context: { activity: { text?: string } }, next: () => Promise<void>) => {
      seen.push(context.activity.text);
      await next();
    };
    const watching = createEdge([{ onTurn: note }]);
    await watching(message, conversation, async () => ({ replies: [reply], state: emptyState() }));
    expect(seen).toEqual(['Quanto costa?']);
    const stopping = createEdge([{ onTurn: async () => {} }]);
    await expect(stopping(message, conversation, async () => ({ replies: [reply], state: emptyState() }))).rejects.toThrow(
      /before it was taken/,
    );
  });
});
