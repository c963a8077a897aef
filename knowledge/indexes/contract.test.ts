/** What every index must do. Qdrant runs against the stand-in of fixtures/, or the real server of QDRANT_URL. */
import { QdrantClient } from '@qdrant/js-client-rest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { gramsOf, stemsOf, tokenId, wordsOf } from './analyzer.ts';
import type { IndexFilter, KnowledgeIndex } from './contract.ts';
import openEmbedded from './embedded.ts';
import { passage } from './fixtures/passages.ts';
import { type QdrantStandIn, startQdrant } from './fixtures/qdrant-server.ts';
import openQdrant, { settings as qdrantSettings } from './qdrant.ts';

const anyDay: IndexFilter = { at: null, audience: 'citizen', langs: null, office: null };

async function find(index: KnowledgeIndex, text: string, filter: Partial<IndexFilter> = {}, limit = 10): Promise<string[]> {
  const words = stemsOf(text, 'it')
    .flatMap((stem) => index.collection.slotOf(stem) ?? [])
    .map((slot) => ({ slot, weight: 1 }));
  const grams = wordsOf(text)
    .flatMap(gramsOf)
    .flatMap((code) => index.collection.gramSlotOf(code) ?? [])
    .map((slot) => ({ slot, weight: 1 }));
  await index.settle();
  return (await index.query({ words, grams, concepts: [], filter: { ...anyDay, ...filter }, limit })).map((hit) => hit.entry.passage.id);
}

let qdrant: QdrantStandIn | null = null;
beforeAll(async () => {
  if (!process.env['QDRANT_URL']) qdrant = await startQdrant();
});
afterAll(async () => {
  await qdrant?.stop();
  if (qdrant) return;
  const client = new QdrantClient({ url: process.env['QDRANT_URL'] as string });
  const { collections } = await client.getCollections();
  for (const { name } of collections) if (name.startsWith(`contract-${process.pid}-`)) await client.deleteCollection(name);
});

let opened = 0;
function openOnQdrant(): KnowledgeIndex {
  const QDRANT_COLLECTION = `contract-${process.pid}-${++opened}`;
  return openQdrant(qdrantSettings.parse({ QDRANT_URL: process.env['QDRANT_URL'] ?? qdrant?.url, QDRANT_COLLECTION }));
}

describe.each([
  ['embedded', openEmbedded],
  ['qdrant', openOnQdrant],
] as const)('%s', (name, open) => {
  let index: KnowledgeIndex;
  afterEach(async () => {
    await index.settle();
    expect(index.state()).toBe('up');
    await index.close();
  });
  afterAll(() => {
    if (name !== 'qdrant' || !qdrant) return;
    expect(qdrant.mistakes).toEqual([]);
    expect(qdrant.served.filter((request) => request.endsWith('points/query')).length).toBeGreaterThan(20);
  });
  beforeEach(async () => {
    index = open();
    await index.put([
      passage('tari#1', 'La TARI si paga in due rate.', { title: 'Tassa rifiuti', headings: ['Quando si paga'] }),
      passage('imu#1', "L'acconto IMU si versa il 16 giugno.", { title: 'IMU' }),
      passage('nido#1', 'Le domande per gli asili si presentano in primavera.', { office: 'Scuola' }),
      passage('waste#1', 'Waste is collected at your door.', { lang: 'en' }),
      passage('staff#1', 'Procedura interna per la TARI.', { audience: 'staff' }),
    ]);
  });

  test('finds by stem, through elision, missing accents and plurals', async () => {
    expect((await find(index, 'asilo'))[0]).toBe('nido#1');
    expect((await find(index, 'pagamento della tari'))[0]).toBe('tari#1');
    expect((await find(index, 'dell’imu'))[0]).toBe('imu#1');
  });

  test('a heading counts more than the text', async () => {
    await index.put([
      passage('a#1', 'Qui si parla di cremazione una volta soltanto.'),
      passage('b#1', 'Altro testo qualunque di simile lunghezza.', { headings: ['Cremazione'] }),
    ]);
    expect((await find(index, 'cremazione'))[0]).toBe('b#1');
  });

  test('filters by audience, language and office', async () => {
    expect(await find(index, 'tari')).toEqual(['tari#1']);
    expect((await find(index, 'tari', { audience: 'staff' })).sort()).toEqual(['staff#1', 'tari#1']);
    expect(await find(index, 'waste collected', { langs: ['it'] })).not.toContain('waste#1');
    expect(await find(index, 'domande asili', { office: 'Scuola' })).toEqual(['nido#1']);
    expect(await find(index, 'domande asili', { office: 'Tributi' })).not.toContain('nido#1');
  });

  test('validity: first and last day are in, the days around them are out', async () => {
    await index.put([
      passage('reg#25', 'Il regolamento compostaggio prevede una riduzione.', { validFrom: '2025-01-01', validUntil: '2025-12-31' }),
    ]);
    const days = ['2024-12-31', '2025-01-01', '2025-12-31', '2026-01-01'];
    const found = await Promise.all(days.map(async (at) => (await find(index, 'compostaggio', { at })).includes('reg#25')));
    expect(found).toEqual([false, true, true, false]);
  });

  test('a change is seen by the next query: put, replace, remove one version, remove all', async () => {
    await index.put([passage('tari#1', 'La tassa è cambiata: adesso parla di cicogne.')]);
    expect((await find(index, 'cicogne'))[0]).toBe('tari#1');
    expect(await find(index, 'rate')).not.toContain('tari#1');
    await index.put([passage('tari#2', 'Seconda versione con le gru.', { documentId: 'tari', version: 2 })]);
    await index.remove('tari', 1);
    expect(await find(index, 'cicogne')).not.toContain('tari#1');
    expect((await find(index, 'gru'))[0]).toBe('tari#2');
    await index.remove('tari');
    expect(await find(index, 'gru')).not.toContain('tari#2');
  });

  test('built step by step or at once, the ranking is the same', async () => {
    const all = Array.from({ length: 120 }, (_, i) =>
      passage(`d${i}#1`, `Documento ${i} sulla TARI ${'rifiuti '.repeat(i % 7)} e sul comune ${i % 11}`),
    );
    const once = open();
    await once.put(all);
    const steps = open();
    for (const one of all) {
      await steps.put([one]);
      if (one.position % 10 === 0) await find(steps, 'tari');
    }
    expect(await find(steps, 'tari rifiuti comune 3')).toEqual(await find(once, 'tari rifiuti comune 3'));
  });

  test('a document published again and again counts once', async () => {
    const edition = (version: number) => passage(`orti#${version}`, 'Gli orti comunali e la rugiada.', { documentId: 'orti', version });
    const fresh = open();
    await fresh.put([...[...index.collection.entries].map((entry) => entry.passage), edition(9)]);
    for (let version = 1; version <= 9; version++) {
      await index.put([edition(version)]);
      await find(index, 'rugiada');
      if (version < 9) await index.remove('orti', version);
    }
    expect(index.collection.documents()).toBe(fresh.collection.documents());
    const scoresOf = async (asked: KnowledgeIndex) => {
      await asked.settle();
      const slot = asked.collection.slotOf(stemsOf('rugiada', 'it')[0] as string) as number;
      const [hit] = await asked.query({ words: [{ slot, weight: 1 }], grams: [], concepts: [], filter: anyDay, limit: 5 });
      return [hit?.entry.passage.id, hit?.words, hit?.document];
    };
    expect(await scoresOf(index)).toEqual(await scoresOf(fresh));
  });

  test('an empty collection answers with nothing', async () => {
    expect(await find(open(), 'qualunque cosa')).toEqual([]);
  });
});

describe('analyzer', () => {
  test('stems join forms of a word and drop stop words', () => {
    expect(stemsOf('dell’anagrafe', 'it')).toEqual(stemsOf('Anagrafe', 'it'));
    expect(stemsOf('identità', 'it')).toEqual(stemsOf('identita', 'it'));
    expect(stemsOf('i pagamenti', 'it')).toEqual(stemsOf('pagamento', 'it'));
    expect(stemsOf('the fees', 'en')).toEqual(['fee']);
    expect(stemsOf('Gebühren', 'de')).toEqual(stemsOf('gebuhr', 'de'));
  });
  test('n-grams cover a whole word with its edges', () => {
    expect(gramsOf('tari')).toHaveLength(3);
    expect(gramsOf('ab')).toHaveLength(1);
    expect(gramsOf('carta').filter((code) => gramsOf('carte').includes(code)).length).toBeGreaterThanOrEqual(2);
  });
  test('token ids are Qdrant’s: |murmur3-32|', () => {
    // Published vectors of MurmurHash3_x86_32, seed 0.
    expect(tokenId('')).toBe(0);
    expect(tokenId('test')).toBe(Math.abs(0xba6bd213 | 0));
    expect(tokenId('Hello, world!')).toBe(Math.abs(0xc0363e43 | 0));
  });
});
