/** The key under which staff's shared secrets lie in the database. It stands beside the database, not in it: a copy of the tables alone opens nothing. */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Database } from '../../connectors/databases/contract.ts';
import { keptSecret } from '../../connectors/databases/kept-secret.ts';
import { createSeal, isSealed, type Seal } from './seal.ts';

const KEY_BYTES = 32;

export interface VaultParts {
  database: Database;
  dataDir: string;
  /** SECRETS_KEY; empty = a file of our own in DATA_DIR. */
  key: string;
  /** Told once at the start when secrets are there that this key does not open. */
  log: { warn(fields: object, message: string): void };
}

/** The seal of authenticator secrets; those still lying open are closed with it. */
export async function openVault({ database, dataDir, key, log }: VaultParts): Promise<Seal> {
  const seal = createSeal(await keyFor(database, dataDir, key), 'second factors');
  const rows = await database.read.selectFrom('staff_totp').select(['user_id', 'secret']).execute();
  const bare = rows.filter(({ secret }) => !isSealed(secret));
  if (bare.length > 0)
    await database.write(async (tx) => {
      for (const { user_id, secret } of bare)
        await tx
          .updateTable('staff_totp')
          .set({ secret: seal.close(secret, user_id) })
          .where('user_id', '=', user_id)
          .where('secret', '=', secret)
          .execute();
    });
  const shut = rows.filter(({ user_id, secret }) => isSealed(secret) && seal.open(secret, user_id) === null);
  if (shut.length > 0)
    log.warn({ count: shut.length }, 'second factors are closed with another key: SECRETS_KEY or DATA_DIR/secrets.key has changed');
  return seal;
}

/** Processes that share a PostgreSQL share no folder: without SECRETS_KEY theirs can only lie in the database. */
async function keyFor(database: Database, dataDir: string, key: string): Promise<Uint8Array> {
  if (key) return Buffer.from(key);
  return database.engine === 'postgres' ? keptSecret(database, 'second-factors') : keyFile(path.join(dataDir, 'secrets.key'));
}

/** 32 random bytes, made at the first start, for this user alone, and on the disk before anything is closed with them. Throws where fewer are there. */
function keyFile(file: string): Buffer {
  // An empty file is a first start that was cut: nothing was ever closed with it.
  if (!existsSync(file) || statSync(file).size === 0) {
    const handle = openSync(file, 'w', 0o600);
    writeSync(handle, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
    fsyncSync(handle);
    closeSync(handle);
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length < KEY_BYTES) throw new Error(`${file} is cut or not a key of ours: put it back from the backup, or set SECRETS_KEY`);
  return key;
}
