/** Tickets of Request Tracker as a talk: made, commented, and what the office wrote. */
import { z } from 'zod';
import { ok, type Result } from '../../result.ts';
import { type Asking, askJson } from '../packet/ask-json.ts';
import { wordsOfHtml } from './html-words.ts';

const READ_MS = 6_000;
const WRITE_MS = 15_000;
/** As many as it gives at once. */
const ENTRIES = 100;
const MOST_PAGES = 100;

const text = z.preprocess((value) => (value === null || value === undefined ? '' : String(value)), z.string());
const id = text.pipe(z.string().regex(/^\d+$/));
const user = z.union([z.string(), z.looseObject({ id: text })]).transform((value) => (typeof value === 'string' ? value : value.id));
const ticket = z.object({ Status: text, Requestor: z.array(user).catch([]) });
const history = z.object({ items: z.array(z.object({ id, Type: text, Creator: user })) });
type Step = z.infer<typeof history>['items'][number];
const attachments = z.object({ items: z.array(z.object({ id, ContentType: text })) });
const attachment = z.object({ ContentType: text, Content: text });

export interface Entry {
  id: number;
  type: string;
  /** Name of the RT user. */
  by: string;
  content: string;
}

export interface TicketParts {
  url: string;
  queue: string;
  RT_TOKEN: string;
  RT_USER: string;
  RT_PASSWORD: string;
}

export function createTickets({ url, queue, RT_TOKEN, RT_USER, RT_PASSWORD }: TicketParts) {
  const base = `${url.replace(/\/+$/, '')}/REST/2.0`;
  const authorization = RT_TOKEN ? `token ${RT_TOKEN}` : `Basic ${Buffer.from(`${RT_USER}:${RT_PASSWORD}`).toString('base64')}`;
  /** Contents never change: each is read once. */
  const read = new Map<number, string>();

  const ask = <T>(path: string, schema: z.ZodType<T>, given: Asking = {}): Promise<Result<T>> =>
    askJson(new URL(base + path), schema, { ...given, headers: { authorization }, within: given.writes ? WRITE_MS : READ_MS });
  const quoted = (words: string) => `'${words.replace(/['\\]/g, '\\$&')}'`;

  async function contentOf(transaction: number): Promise<Result<string>> {
    const known = read.get(transaction);
    if (known !== undefined) return ok(known);
    const listed = await ask(`/transaction/${transaction}/attachments?fields=ContentType`, attachments);
    if (listed.kind !== 'ok') return listed;
    const written = ['text/plain', 'text/html'].flatMap((type) => listed.value.items.find(({ ContentType }) => ContentType === type) ?? []);
    const [first] = written;
    if (!first) return ok('');
    const one = await ask(`/attachment/${first.id}`, attachment);
    if (one.kind !== 'ok') return one;
    const decoded = Buffer.from(one.value.Content, 'base64').toString('utf8');
    const content = first.ContentType === 'text/html' ? wordsOfHtml(decoded) : decoded;
    if (read.size >= 1_000) read.delete(read.keys().next().value as number);
    read.set(transaction, content);
    return ok(content);
  }

  return {
    queue: () => ask(`/queue/${encodeURIComponent(queue)}`, z.object({ Name: text })),
    async create({
      subject,
      requestor,
      content,
    }: {
      subject: string;
      requestor: string | undefined;
      content: string;
    }): Promise<Result<string>> {
      const json = {
        Queue: queue,
        Subject: subject,
        ...(requestor ? { Requestor: requestor } : {}),
        Content: content,
        ContentType: 'text/plain',
        Status: 'new',
      };
      const made = await ask('/ticket', z.object({ id }), { method: 'POST', json, writes: true });
      if (made.kind === 'not_found') return { kind: 'down', reason: `no queue ${queue}` };
      return made.kind === 'ok' ? ok(made.value.id) : made;
    },
    /** Id of the ticket with these words in its subject. */
    async search(subject: string): Promise<Result<string>> {
      const query = encodeURIComponent(`Queue = ${quoted(queue)} AND Subject LIKE ${quoted(subject)}`);
      const found = await ask(`/tickets?query=${query}&per_page=2`, z.object({ items: z.array(z.object({ id })) }));
      if (found.kind !== 'ok') return found;
      const [first] = found.value.items;
      return first ? ok(first.id) : { kind: 'not_found' };
    },
    async state(remote: string): Promise<Result<{ status: string; requestors: string[] }>> {
      const now = await ask(`/ticket/${remote}`, ticket);
      return now.kind === 'ok' ? ok({ status: now.value.Status, requestors: now.value.Requestor }) : now;
    },
    comment: (remote: string, content: string) =>
      ask(`/ticket/${remote}/comment`, z.unknown(), {
        method: 'POST',
        json: { Content: content, ContentType: 'text/plain' },
        writes: true,
      }),
    put: (remote: string, json: object) => ask(`/ticket/${remote}`, z.unknown(), { method: 'PUT', json, writes: true }),
    /** What was said and noted, oldest first. One request for each hundred steps of the ticket. */
    async history(remote: string): Promise<Result<Entry[]>> {
      // Whoever asks for a page after the last may be given the last again.
      const steps = new Map<string, Step>();
      for (let page = 1; page <= MOST_PAGES; page++) {
        const past = await ask(`/ticket/${remote}/history?fields=Type,Creator&per_page=${ENTRIES}&page=${page}`, history);
        if (past.kind !== 'ok') return past;
        const before = steps.size;
        for (const step of past.value.items) steps.set(step.id, step);
        if (past.value.items.length < ENTRIES || steps.size === before) break;
      }
      const entries: Entry[] = [];
      for (const { id, Type, Creator } of [...steps.values()].sort((a, b) => Number(a.id) - Number(b.id))) {
        if (Type !== 'Correspond' && Type !== 'Comment') continue;
        const content = await contentOf(Number(id));
        if (content.kind !== 'ok') return content;
        entries.push({ id: Number(id), type: Type, by: Creator, content: content.value });
      }
      return ok(entries);
    },
  };
}
