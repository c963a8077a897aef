/** REST 2.0 of Request Tracker as far as we need it. A few calls at once: it serves few at a time, and those that wait here do not time out there. */
import { z } from 'zod';
import { type Answered, type Call, call } from '../../call.ts';
import { ok, type Result, type Trouble } from '../../result.ts';
import type { EntryState } from '../office-tool/read.ts';
import { statusOf } from './statuses.ts';

const READ_MS = 10_000;
const WRITE_MS = 15_000;
/** Ten megabytes over a slow line. */
const FILE_MS = 60_000;
const AT_ONCE = 3;
const HISTORY = 100;
const MOST_PAGES = 50;
/** What it writes where nothing happened. */
const NEVER = '1970-01-01';

const text = z.preprocess((value) => (value === null || value === undefined ? '' : String(value)), z.string());
const created = z.object({ id: text.pipe(z.string().regex(/^\d+$/)) });
const ticket = z.object({ Status: text, Started: text, Resolved: text, Due: text });
const step = z.object({ Type: text, Field: text, NewValue: text, Created: text });
const history = z.object({ items: z.array(step), pages: z.coerce.number().catch(1) });
const found = z.object({ items: z.array(z.object({ id: text })) });
const files = z.object({ items: z.array(z.object({ Filename: text })), pages: z.coerce.number().catch(1) });

export interface Ticket {
  subject: string;
  requestor: string | undefined;
  content: string;
  /** `YYYY-MM-DD`. */
  due: string;
}

export interface Wire {
  create(ticket: Ticket): Promise<Result<string>>;
  /** Id of the ticket with these words in its subject. */
  search(subject: string): Promise<Result<string>>;
  state(id: string): Promise<Result<EntryState>>;
  queue(): Promise<Result<string>>;
  /** Names of everything attached to a ticket. */
  filesOf(id: string): Promise<Result<string[]>>;
  attach(id: string, file: { name: string; contentType: string; content: Uint8Array; note: string }): Promise<Result<void>>;
}

interface WireSettings {
  RT_URL: string;
  RT_QUEUE: string;
  RT_TOKEN: string;
  RT_USER: string;
  RT_PASSWORD: string;
}

export function createWire({ RT_URL, RT_QUEUE, RT_TOKEN, RT_USER, RT_PASSWORD }: WireSettings): Wire {
  const base = `${RT_URL.replace(/\/+$/, '')}/REST/2.0`;
  const authorization = RT_TOKEN ? `token ${RT_TOKEN}` : `Basic ${Buffer.from(`${RT_USER}:${RT_PASSWORD}`).toString('base64')}`;
  const inTurn = createTurns(AT_ONCE);

  async function ask<T>(path: string, schema: z.ZodType<T>, given: Call = {}): Promise<Result<T>> {
    const headers = { authorization, accept: 'application/json', ...(given.body !== undefined && { 'content-type': 'application/json' }) };
    const within = given.within ?? (given.writes ? WRITE_MS : READ_MS);
    const answer: Answered | Trouble = await inTurn(() => call(new URL(base + path), { ...given, headers, within }));
    if (answer.kind !== 'answered') return answer;
    if (answer.status === 404) return { kind: 'not_found' };
    // It will be as big tomorrow.
    if (answer.status === 413)
      return { kind: 'invalid', fields: { file: 'il file è più grande di quanto lo strumento dell’ufficio accetta' } };
    const parsed = answer.status < 300 ? schema.safeParse(parse(answer.text)) : null;
    if (parsed?.success) return ok(parsed.data);
    // A clear no: nothing was made. A yes that cannot be read may well have made something.
    if (answer.status >= 400) return { kind: 'down', reason: `${path}: ${answer.status}` };
    return { kind: given.writes ? 'unknown' : 'down', reason: `${path}: not an answer of Request Tracker` };
  }

  /** Every page: what counts may stand on the last one. */
  async function everyPage<T>(path: string, fields: string, shape: z.ZodType<{ items: T[]; pages: number }>): Promise<Result<T[]>> {
    const all: T[] = [];
    for (let page = 1; page <= MOST_PAGES; page++) {
      const got = await ask(`${path}?fields=${fields}&per_page=${HISTORY}&page=${page}`, shape);
      if (got.kind !== 'ok') return got;
      all.push(...got.value.items);
      if (page >= got.value.pages || got.value.items.length === 0) return ok(all);
    }
    return { kind: 'down', reason: `${path}: more than ${MOST_PAGES} pages` };
  }
  const stepsOf = (id: string) => everyPage(`/ticket/${id}/history`, 'Type,Field,NewValue,Created', history);

  return {
    async create({ subject, requestor, content, due }) {
      const body = JSON.stringify({
        Queue: RT_QUEUE,
        Subject: subject,
        ...(requestor && { Requestor: requestor }),
        Content: content,
        ContentType: 'text/plain',
        Status: 'new',
        Due: `${due} 23:59:59`,
      });
      const made = await ask('/ticket', created, { method: 'POST', body, writes: true });
      return made.kind === 'ok' ? ok(made.value.id) : made.kind === 'not_found' ? { kind: 'down', reason: `no queue ${RT_QUEUE}` } : made;
    },
    async search(subject) {
      const quoted = (words: string) => `'${words.replace(/['\\]/g, '\\$&')}'`;
      const query = encodeURIComponent(`Queue = ${quoted(RT_QUEUE)} AND Subject LIKE ${quoted(subject)}`);
      const list = await ask(`/tickets?query=${query}&per_page=2`, found);
      if (list.kind !== 'ok') return list;
      const [first] = list.value.items;
      return first ? ok(first.id) : { kind: 'not_found' };
    },
    async state(id) {
      const [now, past] = await Promise.all([ask(`/ticket/${id}`, ticket), stepsOf(id)]);
      if (now.kind !== 'ok') return now;
      if (past.kind !== 'ok') return past;
      const changes = past.value
        .filter(({ Type, Field }) => Type === 'Status' && Field === 'Status')
        .map((one) => ({ to: statusOf(one.NewValue), at: one.Created }));
      changes.sort((a, b) => a.at.localeCompare(b.at));
      return ok({ status: statusOf(now.value.Status), started: real(now.value.Started), resolved: real(now.value.Resolved), changes });
    },
    async filesOf(id) {
      const listed = await everyPage(`/ticket/${id}/attachments`, 'Filename', files);
      return listed.kind === 'ok' ? ok(listed.value.map(({ Filename }) => Filename)) : listed;
    },
    async attach(id, { name, contentType, content, note }) {
      const body = JSON.stringify({
        Content: note,
        ContentType: 'text/plain',
        Attachments: [{ FileName: inAscii(name), FileType: contentType, FileContent: Buffer.from(content).toString('base64') }],
      });
      const made = await ask(`/ticket/${id}/comment`, z.unknown(), { method: 'POST', body, writes: true, within: FILE_MS });
      return made.kind === 'ok' ? ok(undefined) : made;
    },
    async queue() {
      const asked = await ask(`/queue/${encodeURIComponent(RT_QUEUE)}`, z.object({ Name: text }));
      return asked.kind === 'ok' ? ok(asked.value.Name) : asked;
    },
  };
}

/** RT 5.0.3 keeps a file's name as bytes: "è" comes back as none. The note holds the name as it is. */
const inAscii = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/g, '_');

const real = (time: string): string => (time.startsWith(NEVER) ? '' : time);

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** Runs so many pieces of work at once; the others wait in order. */
function createTurns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => void waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
