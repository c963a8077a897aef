/** Files that a message brings to a form: for which question they are, whether they will do, and whether all of them are here when it is sent. */
import type { Say } from '../../../knowledge/languages/speak.ts';
import type { FormState } from '../../conversation/filling/form.ts';
import type { Message } from '../../message.ts';
import { type FileRef, fileFault, filesAnswer, filesIn, isDone, kindsNamed, namesOf } from '../../office/attached.ts';
import type { CaseFiles } from '../../office/case-files.ts';
import { filesAsked, type Question, type RequestForm } from '../../office/request-forms.ts';

export interface Brought {
  /** Question → answer; empty = none will do. */
  proposals: Record<string, string>;
  notes: string[];
}

/** Null = the message brings none. */
export async function brought(
  files: CaseFiles | undefined,
  { message, form, state, say }: { message: Message; form: RequestForm; state: FormState; say: Say },
): Promise<Brought | null> {
  if (message.attachments.length === 0) return null;
  const asked = filesAsked(form, state.values);
  const open =
    asked.find(({ id }) => id === state.open) ?? asked.find(({ id }) => state.values[id] === undefined || !isDone(state.values[id]));
  if (!open || !files) return { proposals: {}, notes: [say('formNoFile')] };
  const given = await files.given(message.conversationId, message.attachments);
  const before = filesIn(state.values[open.id]);
  const { good, notes } = sorted(open, given, say);
  const room = open.files - before.length;
  if (good.length > room) notes.push(say('formFileMany', { most: String(open.files) }));
  const all = [...before, ...good.slice(0, Math.max(0, room))];
  const changed = all.length > before.length;
  return { proposals: changed ? { [open.id]: filesAnswer(all, all.length >= open.files) } : {}, notes };
}

function sorted(one: Question, files: FileRef[], say: Say): { good: FileRef[]; notes: string[] } {
  const good = files.filter((file) => fileFault(one, file) === null);
  const faults = new Set(files.flatMap((file) => fileFault(one, file) ?? []));
  const notes = [
    ...(files.length === 0 ? [say('formFileLost')] : []),
    ...(faults.has('kind') ? [say('formFileKind', { kinds: kindsNamed(one) })] : []),
    ...(faults.has('size') ? [say('formFileBig', { megabytes: String(one.megabytes) })] : []),
  ];
  return { good, notes };
}

export type Ready =
  | { kind: 'ready' }
  /** A channel is still sending. */
  | { kind: 'coming'; names: string }
  /** `without`: question → answer without what was lost or is not what it seemed; null = nothing is left. */
  | { kind: 'again'; without: Record<string, string | null>; notes: string[] };

/** Looks at the files as they are at the moment of sending, and keeps copies of them under the request's key. */
export async function ready(files: CaseFiles, form: RequestForm, state: FormState, say: Say, conversationId: string): Promise<Ready> {
  const without: Record<string, string | null> = {};
  const notes: string[] = [];
  const kept: [string, FileRef[]][] = [];
  for (const one of filesAsked(form, state.values)) {
    const { here, coming, gone } = await files.look(filesIn(state.values[one.id]));
    if (coming.length > 0) return { kind: 'coming', names: namesOf(coming) };
    const checked = here.length > 0 ? sorted(one, here, say) : { good: [], notes: [] };
    if (gone.length > 0) notes.push(say('formFileGone', { names: namesOf(gone) }));
    notes.push(...checked.notes);
    if (gone.length > 0 || checked.notes.length > 0) without[one.id] = checked.good.length > 0 ? filesAnswer(checked.good, false) : null;
    kept.push([one.id, checked.good]);
  }
  if (notes.length > 0) return { kind: 'again', without, notes };
  await files.drop(
    state.key,
    (await files.under(state.key)).map(({ id }) => id),
  );
  for (const [question, good] of kept) await files.copy(state.key, question, good, conversationId);
  return { kind: 'ready' };
}
