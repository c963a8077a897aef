/** The files that a question of a form asks for: which kinds, how large, how many. An answer is JSON text, so that drafts and dialogs keep it like any other. */
import { z } from 'zod';

/** What a kind means, by the type that a file's bytes show, and how it is called to people. */
export const KINDS = {
  pdf: { types: ['application/pdf'], named: 'PDF' },
  image: { types: ['image/png', 'image/jpeg', 'image/webp'], named: 'JPG, PNG, WEBP' },
  document: {
    types: ['application/vnd.oasis.opendocument.text', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    named: 'ODT, DOCX',
  },
} as const;
export type Kind = keyof typeof KINDS;
export const MOST_AT_ONE = 5;

export interface FileRef {
  /** Of an upload of the conversation, or of a file kept for a request. */
  id: string;
  name: string;
  contentType: string;
  bytes: number;
}

const attached = z.object({
  files: z.array(z.object({ id: z.string().max(100), name: z.string().max(200), contentType: z.string().max(200), bytes: z.number() })),
  /** Nothing more will come. */
  done: z.boolean(),
});

/** Files in an answer; none in '' or in what is no such answer. */
export function filesIn(answer: unknown): FileRef[] {
  return read(answer)?.files ?? [];
}

export const isDone = (answer: unknown): boolean => read(answer)?.done ?? answer === '';

export const filesAnswer = (files: FileRef[], done: boolean): string => JSON.stringify({ files, done });

function read(answer: unknown): z.infer<typeof attached> | null {
  if (typeof answer !== 'string' || !answer.startsWith('{')) return null;
  try {
    return attached.safeParse(JSON.parse(answer)).data ?? null;
  } catch {
    return null;
  }
}

interface Limits {
  kinds: Kind[];
  /** How many. */
  files: number;
  megabytes: number;
}

export const kindsNamed = ({ kinds }: Limits): string => kinds.map((kind) => KINDS[kind].named).join(', ');

/** What is wrong with one file; null = nothing. */
export function fileFault(limits: Limits, { contentType, bytes }: Pick<FileRef, 'contentType' | 'bytes'>): 'kind' | 'size' | null {
  const type = contentType.split(';')[0]?.trim() ?? '';
  if (!limits.kinds.some((kind) => (KINDS[kind].types as readonly string[]).includes(type))) return 'kind';
  return bytes > limits.megabytes * 1024 * 1024 ? 'size' : null;
}

/** In Italian, as for the other answers on the page. */
export function checkFiles(one: Limits & { label: string; required: boolean }, answer: string): { value: string } | { wrong: string } {
  const files = filesIn(answer);
  const faults = files.map((file) => fileFault(one, file));
  if (files.length === 0) return one.required ? { wrong: `${one.label}: serve almeno un file (${kindsNamed(one)}).` } : { value: '' };
  if (files.length > one.files) return { wrong: `${one.label}: al massimo ${one.files} file.` };
  if (faults.includes('kind')) return { wrong: `${one.label}: servono file ${kindsNamed(one)}.` };
  if (faults.includes('size')) return { wrong: `${one.label}: al massimo ${one.megabytes} MB per file.` };
  return { value: answer };
}

export const namesOf = (files: FileRef[]): string => files.map(({ name }) => name).join(', ');
