/** Owners are told before a page of theirs expires: by letter where an address is known, and in the console. */
import type { Database } from '../../connectors/databases/contract.ts';
import { comingDeadlines, type Deadline } from '../../knowledge/documents/deadlines.ts';
import { listGaps } from '../../knowledge/documents/gap-list.ts';
import { competentOffice, type Office } from '../../knowledge/offices.ts';
import type { Route, Staff } from '../http/route.ts';
import { writeLetter } from '../notices/post.ts';
import { redact } from '../privacy/redact.ts';
import type { EditorParts } from './parts.ts';
import { editorOf, READERS } from './permit.ts';

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export interface WarnParts {
  database: Database;
  offices(): Office[];
  today(): string;
  /** Of the console, for the link; '' = unknown. */
  publicUrl: string;
}

/** One letter for each page and deadline, however often it runs. Resolves with how many were written or stand. */
export function createOwnerWarning({ database, offices, today, publicUrl }: WarnParts): () => Promise<number> {
  return async () => {
    const letters = (await comingDeadlines(database, today())).flatMap((deadline) => {
      const to = addressOf(deadline, offices());
      return to ? [{ deadline, to }] : [];
    });
    if (letters.length === 0) return 0;
    const now = new Date().toISOString();
    await database.write(async (tx) => {
      for (const { deadline, to } of letters) {
        const { documentId, version, kind, on } = deadline;
        const id = `deadline:${kind}:${documentId}:${version}:${on}`;
        await writeLetter(tx, { id, conversationId: null, to, ...letterOf(deadline, publicUrl) }, now);
      }
    });
    return letters.length;
  };
}

/** The owner's own address, or their office's; null = nobody who can be written to. */
function addressOf({ owner, office }: Deadline, offices: Office[]): string | null {
  if (owner && ADDRESS.test(owner)) return owner;
  const email = offices.find(({ name }) => name === office)?.email ?? '';
  return ADDRESS.test(email) ? email : null;
}

function letterOf({ documentId, title, owner, kind, on }: Deadline, publicUrl: string): { subject: string; text: string } {
  const day = new Date(`${on}T12:00:00Z`).toLocaleDateString('it-IT', { day: 'numeric', month: 'long', year: 'numeric' });
  const what =
    kind === 'expires'
      ? `La pagina «${title}» vale fino al ${day}. Dal giorno dopo l’assistente non la usa più per rispondere.`
      : `La pagina «${title}» va riletta entro il ${day}.`;
  const where = publicUrl ? `\n\nAprila nella redazione: ${publicUrl}/editor#pagina/${encodeURIComponent(documentId)}` : '';
  const who = owner && !ADDRESS.test(owner) ? `\n\nResponsabile della pagina: ${owner}.` : '';
  return { subject: `${kind === 'expires' ? 'Sta per scadere' : 'Da rileggere'}: ${title}`, text: `${what}${who}${where}` };
}

/** What one person looks after: their pages, those of their office that nobody has, their gaps. */
export function dutyRoutes({ database, knowledge, today }: EditorParts): Route[] {
  const isTheirs = (staff: Staff, { owner, office }: Deadline) =>
    owner ? owner.toLowerCase() === staff.name.toLowerCase() : staff.office === null || staff.office === office;
  return [
    {
      method: 'get',
      path: '/api/editor/duties',
      permission: READERS,
      summary: 'What the signed-in person looks after and when: pages that expire or are to be read again soon, gaps with a day',
      async handle(request) {
        const staff = editorOf(request);
        const pages = (await comingDeadlines(database, today())).filter((deadline) => isTheirs(staff, deadline));
        const gaps = await listGaps({
          database,
          mask: redact,
          officeOf: (question) => competentOffice(knowledge.offices(), question, [])?.name ?? null,
        });
        const own = gaps.filter(({ owner }) => owner?.toLowerCase() === staff.name.toLowerCase());
        return { status: 200, body: { pages, gaps: own.map(({ id, question, dueOn }) => ({ id, question, dueOn })) } };
      },
    },
  ];
}
