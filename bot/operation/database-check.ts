/** Looks into the database: does it answer, is it whole, is its schema ours, does anything wait too long, is there a back-up and an administrator. */
import { type Look, lookAt } from '../../connectors/databases/look.ts';
import { listMigrations } from '../../connectors/databases/migrations/migrate.ts';
import { type Finding, ok, reasonOf, warning, wrong } from './finding.ts';

const OLDEST_POSTGRES = 130_000;
const WAITS_MS = 60_000;
const BACK_UP_DAYS = 2;
const CONNECTIONS = 12;
const DAY_MS = 86_400_000;

export interface DatabaseFindings {
  findings: Finding[];
  /** What time the database says it is, where it has a clock of its own. */
  clock?: number;
  /** Published versions; undefined when that could not be read. */
  published?: number;
}

export async function checkDatabase(place: { url: string; dataDir: string }, now = Date.now()): Promise<DatabaseFindings> {
  let look: Look | null;
  try {
    look = await lookAt(place);
  } catch (error) {
    const todo = place.url
      ? 'start PostgreSQL, or mend DATABASE_URL: psql with the same address tells more'
      : 'the file may be damaged: restore the last back-up (npm run restore)';
    return { findings: [wrong('database', `it cannot be reached (${reasonOf(error)})`, todo)] };
  }
  if (!look) return { findings: [ok('database', 'embedded; the first start makes it')] };
  try {
    const findings = look.engine === 'embedded' ? await checkEmbedded(look) : await checkPostgres(look);
    const schema = await checkSchema(look);
    findings.push(schema);
    if (schema.state === 'wrong' || schema.says.startsWith('empty')) return { findings };
    findings.push(...(await checkWork(look, now)));
    const [documents] = await look.rows(`select count(*) as n from document_version where status = 'published'`);
    const clock = look.engine === 'postgres' ? await clockOf(look) : undefined;
    return { findings, published: Number(documents?.['n'] ?? 0), ...(clock === undefined ? {} : { clock }) };
  } catch (error) {
    return {
      findings: [
        wrong('database', `it cannot be read (${reasonOf(error)})`, 'restore the last back-up, or give its user the rights of an owner'),
      ],
    };
  } finally {
    await look.close().catch(() => {});
  }
}

async function checkEmbedded(look: Look): Promise<Finding[]> {
  const [row] = await look.rows('pragma quick_check(1)');
  const verdict = String(Object.values(row ?? {})[0]);
  return [
    verdict === 'ok'
      ? ok('database', 'embedded, whole')
      : wrong(
          'database',
          `embedded, damaged: ${verdict.slice(0, 100)}`,
          'stop the server and restore the last back-up (npm run restore -- FILE --force)',
        ),
  ];
}

async function checkPostgres(look: Look): Promise<Finding[]> {
  const [row] = await look.rows(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as name, pg_is_in_recovery() as replica,
      current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous, current_setting('max_connections')::int as most,
      (select count(*)::int from pg_stat_activity) as open`,
  );
  const { version, name, replica, fsync, synchronous, most, open } = row as Record<string, number & string & boolean>;
  const found: Finding[] = [];
  if (replica) found.push(wrong('database', `PostgreSQL ${name} is a replica: it cannot be written`, 'let DATABASE_URL name the primary'));
  else if (version! < OLDEST_POSTGRES)
    found.push(warning('database', `PostgreSQL ${name} is no longer maintained`, 'upgrade it to 13 or newer'));
  else found.push(ok('database', `PostgreSQL ${name}`));
  if (fsync === 'off' || synchronous === 'off')
    found.push(
      wrong(
        'durability',
        `fsync ${fsync}, synchronous_commit ${synchronous}: messages that were acknowledged can be lost`,
        'set both to on in postgresql.conf',
      ),
    );
  if (most! - open! < CONNECTIONS)
    found.push(
      warning(
        'connections',
        `${open} of ${most} in use; each server process takes up to ${CONNECTIONS}`,
        `raise max_connections (now ${most})`,
      ),
    );
  return found;
}

async function checkSchema(look: Look): Promise<Finding> {
  const names = (await listMigrations(look.engine)).map((migration) => migration.name);
  let ran: string[];
  try {
    ran = (await look.rows('select name from migration order by name')).map((row) => String(row['name']));
  } catch {
    return ok('schema', 'empty; the first start makes it');
  }
  const missing = names.filter((name) => !ran.includes(name));
  const strange = ran.filter((name) => !names.includes(name));
  if (strange.length > 0)
    return wrong(
      'schema',
      `made by a newer program (${strange.join(', ')})`,
      'run the newer program again, or restore the back-up made before the upgrade',
    );
  if (missing.length > 0)
    return warning('schema', `${missing.length} migrations have not run`, 'back up, then start the server: it runs them');
  return ok('schema', `${ran.length} migrations`);
}

async function checkWork(look: Look, now: number): Promise<Finding[]> {
  const found: Finding[] = [];
  const [waiting] = await look.rows(
    `select count(*) as n, min(created_at) as oldest from (select created_at from inbox where status = 'new' union all select created_at from outbox where status = 'new') t`,
  );
  const [dead] = await look.rows(
    `select count(*) as n from (select id from inbox where status = 'dead' union all select id from outbox where status = 'dead') t`,
  );
  const age = waiting?.['oldest'] ? now - Date.parse(String(waiting['oldest'])) : 0;
  found.push(
    age > WAITS_MS
      ? wrong(
          'work',
          `${String(waiting?.['n'])} messages wait, the oldest for ${Math.round(age / 1000)} s`,
          'is a server running? its log says what failed',
        )
      : ok('work', `${String(waiting?.['n'])} messages wait`),
  );
  if (Number(dead?.['n']) > 0)
    found.push(
      warning(
        'dead letters',
        `${String(dead?.['n'])} messages could not be answered or sent`,
        'the log names each by its id; the citizens have read an apology',
      ),
    );
  const [backUp] = await look.rows(`select max(at) as at from audit where action = 'back-up'`);
  const days = backUp?.['at'] ? (now - Date.parse(String(backUp['at']))) / DAY_MS : Number.POSITIVE_INFINITY;
  found.push(
    days > BACK_UP_DAYS
      ? warning(
          'back-up',
          Number.isFinite(days) ? `the last one is ${Math.floor(days)} days old` : 'none was ever made',
          'npm run back-up -- FILE every night (docs/operating.md)',
        )
      : ok('back-up', `made on ${String(backUp?.['at'])}`),
  );
  const [chief] = await look.rows(`select count(*) as n from staff_user where role = 'administrator' and disabled_at is null`);
  if (Number(chief?.['n']) === 0)
    found.push(
      warning(
        'administrator',
        'nobody can administer',
        'open the one-time link that the server printed at its start, or npm run admin -- create-user',
      ),
    );
  return found;
}

async function clockOf(look: Look): Promise<number> {
  const [row] = await look.rows('select extract(epoch from clock_timestamp()) * 1000 as at');
  return Number(row?.['at']);
}
