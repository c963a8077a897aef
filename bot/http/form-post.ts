/** What the page of a form sends: fields, and files where the form asks for some. Urlencoded and multipart alike. */
import type { IncomingMessage } from 'node:http';
import { fileTypeOf } from '../channels/web/file-type.ts';
import { plainName, readMultipart } from '../channels/web/multipart.ts';
import { type FileRef, fileFault, kindsNamed } from '../office/attached.ts';
import type { CaseFiles } from '../office/case-files.ts';
import type { Question, RequestForm } from '../office/request-forms.ts';
import { collect } from './body.ts';
import { Refusal } from './route.ts';

const MOST_FIELDS = 200;
const LONGEST = 4_000;
/** Requests with files held in memory at the same time. */
const AT_ONCE = 4;
let busy = 0;

export interface FormPost {
  fields: Record<string, string>;
  /** Ids of files to be taken out again. */
  remove: string[];
  files: { question: string; file: File }[];
}

/** Throws Refusal 400, 413, 415 or 429. */
export async function readFormPost(request: IncomingMessage): Promise<FormPost> {
  if ((request.headers['content-type'] ?? '').startsWith('multipart/')) {
    if (busy >= AT_ONCE)
      throw new Refusal(429, 'TooManyRequests', 'Troppi invii di file in questo momento: riprova tra poco.', { 'retry-after': '5' });
    busy++;
    try {
      return sorted([...((await readMultipart(request)) as unknown as Iterable<[string, File | string]>)]);
    } finally {
      busy--;
    }
  }
  return sorted([...new URLSearchParams((await collect(request)).toString('utf8'))]);
}

function sorted(parts: [string, File | string][]): FormPost {
  const post: FormPost = { fields: {}, remove: [], files: [] };
  if (parts.length > MOST_FIELDS) throw new Refusal(400, 'BadArgument', 'Il modulo ha troppe risposte.');
  for (const [name, part] of parts) {
    if (typeof part !== 'string') {
      // A browser sends an empty file for a field that was left alone.
      if (part.size > 0) post.files.push({ question: name, file: part });
    } else if (name.length > 60 || part.length > LONGEST) throw new Refusal(400, 'BadArgument', 'Una risposta è troppo lunga.');
    else if (name === 'remove') post.remove.push(part);
    else post.fields[name] = part;
  }
  return post;
}

/** Keeps what will do under the request's key and takes out what is to go. Gives what is wrong, by question. */
export async function takeFiles(store: CaseFiles, form: RequestForm, key: string, post: FormPost): Promise<Record<string, string>> {
  await store.drop(key, post.remove);
  const wrong: Record<string, string> = {};
  for (const one of form.questions.filter(({ type }) => type === 'attachment')) {
    const sent = post.files.filter(({ question }) => question === one.id);
    let room = one.files - (await store.under(key)).filter(({ question }) => question === one.id).length;
    for (const { file } of sent) {
      const content = new Uint8Array(await file.arrayBuffer());
      const read = looked(one, file.name, content);
      if ('wrong' in read) wrong[one.id] = read.wrong;
      else if (room-- <= 0) wrong[one.id] = `${one.label}: al massimo ${one.files} file.`;
      else await store.keep(key, one.id, read, content);
    }
  }
  return wrong;
}

function looked(one: Question, name: string, content: Uint8Array): Omit<FileRef, 'id'> | { wrong: string } {
  const type = fileTypeOf(content);
  const file = { name: plainName(name, type?.extension ?? ''), contentType: type?.contentType ?? '', bytes: content.length };
  const fault = fileFault(one, file);
  if (fault === 'size') return { wrong: `${one.label}: al massimo ${one.megabytes} MB per file.` };
  return fault ? { wrong: `${one.label}: servono file ${kindsNamed(one)}.` } : file;
}
