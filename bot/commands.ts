/** Commands that work on an assembled Sportello, wherever they were typed: in this process or, through the control socket, in the server. */
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Database } from '../connectors/databases/contract.ts';
import { importNotices } from '../connectors/payments/embedded/import.ts';
import { BadArchive } from '../knowledge/documents/archive/bad-archive.ts';
import { metadataSchema } from '../knowledge/ingest/metadata.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { BadCommand, type RunCommand } from './control.ts';
import type { Line } from './conversation/line.ts';
import { retryAs } from './desk/dead-letter-routes.ts';
import { reasonOf } from './desk/dead-reasons.ts';
import { backUpTo } from './office/archive.ts';
import { checkNoticeNumber } from './dialogs/codes/notice-number.ts';
import { appendAudit, verifyAudit } from './privacy/audit.ts';
import { eraseCitizen } from './privacy/erase.ts';
import { whoSaw } from './privacy/looks.ts';
import { exportCitizen } from './privacy/export.ts';
import { staffCommands } from './staff/commands.ts';
import { BadUser, createUser } from './staff/users.ts';

export interface CommandParts {
  knowledge: Knowledge;
  database: Database;
  dataDir: string;
  version: string;
  today(): string;
  line: Pick<Line, 'listDeadLetters' | 'retryDeadLetter'>;
  /** What the server remembers of a conversation. */
  forget?(conversationId: string): void;
}

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day, YYYY-MM-DD');
const STEPS = ['understand', 'retrieve', 'compose', 'ground'] as const;

export function createCommands(parts: CommandParts): RunCommand {
  const { knowledge, database } = parts;
  const commands: Record<string, (args: unknown, progress: (line: string) => void) => Promise<unknown>> = {
    async ingest(args, progress) {
      const schema = z.object({
        sources: z.array(z.string()).min(1),
        given: metadataSchema.default({}),
        draft: z.boolean().default(false),
        wholeSite: z.boolean().default(false),
      });
      const { sources, given, draft, wholeSite } = check(schema, args);
      const result = await knowledge.ingest({ sources, given, draft, wholeSite, progress });
      await database.write((tx) =>
        appendAudit(tx, {
          actor: 'operator',
          action: 'documents.ingest',
          subject: 'command',
          detail: { documents: result.documents, skipped: result.skipped.length },
        }),
      );
      return result;
    },
    async ask(args) {
      const schema = z.object({
        question: z.string().trim().min(1),
        lang: z
          .string()
          .regex(/^[a-z]{2}$/, 'must be two letters, e.g. it')
          .optional(),
        at: day.optional(),
        step: z.enum(STEPS, `must be one of ${STEPS.join(', ')}`).optional(),
      });
      const { question: text, lang, at, step } = check(schema, args);
      const question = { text, ...(lang ? { lang } : {}), history: [], at: at ?? parts.today(), audience: 'citizen' as const };
      if (!step) return knowledge.answerQuestion(question);
      const { understood, passages, draft, grounded, confidence } = await knowledge.steps(question);
      return {
        understand: understood,
        retrieve: passages,
        compose: draft,
        ground: { ...grounded, confidence: { p: confidence.p, signals: confidence.signals() } },
      }[step];
    },
    async 'create-user'(args) {
      const schema = z.object({ name: z.string(), role: z.string(), office: z.string().optional(), password: z.string() });
      const { name, role, office, password } = check(schema, args);
      try {
        return await createUser(database, { name, role, office: office ?? null, password }, 'operator');
      } catch (error) {
        throw error instanceof BadUser ? new BadCommand(error.message) : error;
      }
    },
    async 'import-payments'(args) {
      const { text, name } = check(z.object({ text: z.string(), name: z.string() }), args);
      const doubt = (nav: string) => {
        const checked = checkNoticeNumber(nav);
        return checked.kind === 'warning' ? `avviso ${nav}: le ultime due cifre non tornano, lo ricontrolli` : null;
      };
      const result = await importNotices(database, text, { now: Date.now(), doubt });
      const { added, changed, wrong } = result;
      const detail = { added, changed, wrong: wrong.length };
      await database.write((tx) => appendAudit(tx, { actor: 'operator', action: 'payments.import', subject: name, detail }));
      return result;
    },
    async 'export-knowledge'(args) {
      const { file } = check(z.object({ file: z.string() }), args);
      const { bytes, rows } = await knowledge.archive.export(parts.version);
      try {
        await writeFile(file, bytes, { flag: 'wx' });
      } catch (error) {
        throw new BadCommand(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
      }
      await database.write((tx) =>
        appendAudit(tx, { actor: 'operator', action: 'knowledge.export', subject: 'command', detail: { rows } }),
      );
      return { file, bytes: bytes.length, rows };
    },
    async 'import-knowledge'(args) {
      const { file } = check(z.object({ file: z.string() }), args);
      const bytes = await readFile(file).catch((error: Error) => {
        throw new BadCommand(`${file} cannot be read: ${error.message}`);
      });
      try {
        const { madeOn, rows } = await knowledge.archive.import(bytes, (tx, { rows: detail }) =>
          appendAudit(tx, { actor: 'operator', action: 'knowledge.import', subject: 'command', detail }),
        );
        return { madeOn, rows };
      } catch (error) {
        throw error instanceof BadArchive ? new BadCommand(error.message) : error;
      }
    },
    'export-citizen': (args) => exportCitizen(parts, check(z.object({ citizen: z.string().min(1) }), args).citizen),
    'erase-citizen': (args) => eraseCitizen(parts, check(z.object({ citizen: z.string().min(1) }), args).citizen),
    async 'dead-letters'() {
      const letters = await parts.line.listDeadLetters();
      return { deadLetters: letters.map((letter) => ({ ...letter, reason: reasonOf(letter) })) };
    },
    async 'retry-dead-letter'(args) {
      const { box, id } = check(z.object({ box: z.enum(['inbox', 'outbox']), id: z.number().int().positive() }), args);
      const retried = await retryAs(parts.line, 'operator', box, id);
      if (retried === 'unknown') throw new BadCommand(`There is no ${box}/${id}: admin -- dead-letters lists those that there are.`);
      if (retried === 'moved') throw new BadCommand(`${box}/${id} has reached the citizen over another channel.`);
      if (retried === 'elsewhere')
        throw new BadCommand(`${box}/${id} holds words of a citizen that the contact centre refused: answer them at the desk.`);
      return { letter: `${box}/${id}`, state: retried === 'delivered' ? 'delivered' : 'retrying' };
    },
    'audit-verify': () => verifyAudit(database),
    'audit-who': (args) => whoSaw(database, check(z.object({ citizen: z.string().min(1) }), args).citizen),
    ...staffCommands(database),
    async 'back-up'(args, progress) {
      const { file } = check(z.object({ file: z.string() }), args);
      const result = await backUpTo({ database, dataDir: parts.dataDir, file, version: parts.version, progress });
      await database.write((tx) =>
        appendAudit(tx, { actor: 'operator', action: 'back-up', subject: 'database', detail: { bytes: result.bytes } }),
      );
      return result;
    },
  };
  return async (name, args, progress) => {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw new BadCommand(`"${name}" is not a command`);
    return command(args, progress);
  };
}

function check<T extends z.ZodType>(schema: T, args: unknown): z.infer<T> {
  const result = schema.safeParse(args);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new BadCommand(`${issue?.path.join('.') || 'arguments'}: ${issue?.message}`);
}
