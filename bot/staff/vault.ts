/** The key under which staff's shared secrets lie in the database. It stands beside the database, not in it: a copy of the tables alone opens nothing. */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Database } from '../../connectors/databases/contract.ts';
import { keptSecret } from '../../connectors/databases/kept-secret.ts';
import { createSeal, isSealed, type Seal } from './seal.ts';

export interface VaultParts {
  database: Database;
  dataDir: string;
  /** SECRETS_KEY; empty = a file of our own in DATA_DIR. */
  key: string;
  /** Told once at the start when secrets are there that this key does not open. */
  onUnreadable(count: number): void;
}

/** The seal of authenticator secrets; those still lying open are closed with it. */
export async function openVault({ database, dataDir, key, onUnreadable }: VaultParts): Promise<Seal> {
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
  if (shut.length > 0) onUnreadable(shut.length);
  return seal;
}

/** Processes that share a PostgreSQL share no folder: without SECRETS_KEY theirs can only lie in the database. */
async function keyFor(database: Database, dataDir: string, key: string): Promise<Uint8Array> {
  if (key) return Buffer.from(key);
  return database.engine === 'postgres' ? keptSecret(database, 'second-factors') : keyFile(path.join(dataDir, 'secrets.key'));
}

/** 32 random bytes, made at the first start, for this user alone, and on the disk before anything is closed with them. */
function keyFile(file: string): Buffer {
  if (!existsSync(file)) {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, `${randomBytes(32).toString('base64')}\n`);
    fsyncSync(handle);
    closeSync(handle);
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
}
