/** Hostile files: each ends in one clear line, and the next file is read as if nothing had been. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type ZipOptions, zipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import { Unreadable } from '../readers/contract.ts';
import { createConverter } from './convert.ts';

const documents = path.resolve(import.meta.dirname, '../demo/documents');
const converter = createConverter();
afterAll(() => converter.close());

const reasonOf = async (bytes: Uint8Array, name: string): Promise<string> => {
  const error = await converter.convert(bytes, name).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Unreadable);
  return (error as Error).message;
};
const goodFileStillReads = async () => {
  const [document] = await converter.convert(readFileSync(path.join(documents, 'patrocinio-sale.odt')), 'patrocinio-sale.odt');
  expect(document?.blocks.length).toBeGreaterThan(10);
};
const files = (entries: Record<string, Uint8Array | [Uint8Array, ZipOptions]>) => zipSync(entries as never);
const text = (words: string) => Buffer.from(words);

describe('archives are looked at before they are opened', () => {
  test('a small docx that unpacks to 300 MB', async () => {
    const bomb = files({ 'word/document.xml': new Uint8Array(300 * 2 ** 20), '[Content_Types].xml': text('<Types/>') });
    expect(bomb.length).toBeLessThan(2 ** 20);
    const before = process.memoryUsage.rss();
    expect(await reasonOf(bomb, 'bomba.docx')).toMatch(/si espande a 300 MB, il limite è 100 MB/);
    expect(process.memoryUsage.rss() - before).toBeLessThan(50 * 2 ** 20);
  });
  test('100,000 entries', async () => {
    const entries: Record<string, Uint8Array> = {};
    for (let i = 0; i < 100_000; i++) entries[`f${i}`] = new Uint8Array(0);
    expect(await reasonOf(files(entries), 'tanti.odt')).toMatch(/contiene \d+ elementi/);
  }, 60_000);
  test('an archive within, a way out of the folder, a link', async () => {
    expect(await reasonOf(files({ 'a.zip': text('x') }), 'annidato.docx')).toMatch(/contiene un altro archivio/);
    expect(await reasonOf(files({ '../../x': text('x') }), 'fuori.docx')).toMatch(/nome di file non ammesso/);
    expect(await reasonOf(files({ link: [text('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }] }), 'link.docx')).toMatch(/collegamento/);
  });
});

describe('what a file says it is and what it is', () => {
  test.each([
    ['programma.pdf', Buffer.from('MZ\u0090\u0000 exe'), /contiene altro/],
    ['pagina.txt', text('<!doctype html><html><body>x</body></html>'), /pagina HTML/],
    ['foto.docx', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]), /contiene altro \(immagine\)/],
    ['vecchio.docx', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), /Word 97/],
    ['dati.txt', Buffer.from([1, 0, 2, 0, 3]), /contiene altro/],
    ['foglio.xlsx', text('x'), /non è tra quelli letti/],
    ['vuoto.pdf', new Uint8Array(0), /vuoto/],
    ['righe.jsonl', text('{"id":"a","text":"x"}\nnon json\n'), /riga 2 non è JSON/],
  ])('%s', async (name, bytes, words) => {
    expect(await reasonOf(bytes, name)).toMatch(words);
  });
});

describe('PDF', () => {
  const whole = readFileSync(path.join(documents, 'carta-qualita-servizi.pdf'));
  test('truncated at many places or with flipped bytes it is read or refused, never more', async () => {
    for (let i = 1; i <= 12; i++)
      await converter
        .convert(whole.subarray(0, Math.floor((whole.length * i) / 13)), 'tronco.pdf')
        .catch((error) => expect(error).toBeInstanceOf(Unreadable));
    let seed = 7;
    for (let i = 0; i < 25; i++) {
      const copy = Buffer.from(whole);
      for (let j = 0; j < 20; j++) {
        seed = (seed * 1103515245 + 12345) % 2 ** 31;
        copy[seed % copy.length] = seed % 256;
      }
      await converter.convert(copy, 'rovinato.pdf').catch((error) => expect(error).toBeInstanceOf(Unreadable));
    }
    await goodFileStillReads();
  }, 90_000);
  test('garbage behind the magic bytes', async () => {
    expect(await reasonOf(text(`%PDF-1.7\n${'x'.repeat(5_000)}`), 'finto.pdf')).toMatch(/non è un PDF leggibile/);
  });
});

test('a file that takes too long or too much memory ends with its child alone', async () => {
  const strict = createConverter({ seconds: 0.01 });
  await expect(strict.convert(readFileSync(path.join(documents, 'regolamento-tari-2026.pdf')), 'lento.pdf')).rejects.toThrow(
    /entro 0.01 secondi/,
  );
  strict.close();
  const small = createConverter({ memoryMb: 20 });
  await expect(small.convert(readFileSync(path.join(documents, 'regolamento-tari-2026.pdf')), 'grande.pdf')).rejects.toThrow(/memoria/);
  small.close();
  await goodFileStillReads();
});
