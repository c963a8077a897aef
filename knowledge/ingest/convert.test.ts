/** Hostile files: each ends in one clear line, and the next file is read as if nothing had been. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
/** The least a zip needs: a directory of so many empty files that all begin at the same place. */
function manyEntries(count: number): Uint8Array {
  const one = Buffer.from(files({ f: new Uint8Array(0) }));
  const directory = one.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  const end = one.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const tail = Buffer.from(one.subarray(end));
  tail.writeUInt16LE(Math.min(count, 65_534), 8);
  tail.writeUInt16LE(Math.min(count, 65_534), 10);
  tail.writeUInt32LE((end - directory) * count, 12);
  return Buffer.concat([one.subarray(0, directory), ...Array<Buffer>(count).fill(one.subarray(directory, end)), tail]);
}
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
    const before = process.memoryUsage.rss();
    expect(await reasonOf(manyEntries(100_000), 'tanti.odt')).toMatch(/contiene \d+ elementi/);
    expect(process.memoryUsage.rss() - before).toBeLessThan(50 * 2 ** 20);
  });
  test('a directory that lies about the size is found out while inflating, and the next file is read', async () => {
    const bomb = Buffer.from(files({ 'content.xml': new Uint8Array(110 * 2 ** 20) }));
    // The size that the directory at the end declares: 1 MB.
    bomb.writeUInt32LE(2 ** 20, bomb.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    expect(await reasonOf(bomb, 'bugiardo.odt')).toMatch(/non corrisponde alle dimensioni dichiarate/);
    await goodFileStillReads();
  });
  test('a truncated one', async () => {
    const whole = readFileSync(path.join(documents, 'patrocinio-sale.odt'));
    expect(await reasonOf(whole.subarray(0, whole.length / 2), 'tronco.odt')).toMatch(/rovinato o incompleto/);
  });
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
    ['pagina.md', text('<html><body>x</body></html>'), /pagina HTML/],
    ['disegno.svg', text('<svg><script>x</script></svg>'), /non è tra quelli letti/],
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
    for (let i = 1; i <= 20; i++)
      await converter
        .convert(whole.subarray(0, Math.floor((whole.length * i) / 21)), 'tronco.pdf')
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
  });
  const pdf = (objects: string[], trailer = '') =>
    text(`%PDF-1.7\n${objects.map((object, i) => `${i + 1} 0 obj${object}endobj\n`).join('')}trailer<</Root 1 0 R${trailer}>>\n%%EOF`);
  test('too many pages, a password, an endless table of places, a script, 100,000 objects', async () => {
    const page = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>';
    const pages = (count: number) => `<</Type/Pages/Kids[${'3 0 R '.repeat(count)}]/Count ${count}>>`;
    const kids = Array.from({ length: 2_500 }, (_, i) => `${i + 3} 0 R`).join(' ');
    const long = ['<</Type/Catalog/Pages 2 0 R>>', `<</Type/Pages/Kids[${kids}]/Count 2500>>`, ...Array<string>(2_500).fill(page)];
    expect(await reasonOf(pdf(long), 'lungo.pdf')).toMatch(/ha 2500 pagine, il limite è 2000/);
    expect(await reasonOf(pdf(['<</Type/Catalog/Pages 2 0 R>>', pages(50_000), page]), 'ripetuto.pdf')).toMatch(/^[^\n]+$/);
    const locked = `/ID[<00><00>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<${'41'.repeat(32)}>/U<${'42'.repeat(32)}>>>`;
    expect(await reasonOf(pdf(['<</Type/Catalog/Pages 2 0 R>>', pages(1), page], locked), 'chiuso.pdf')).toMatch(/password/);
    const endless = text('%PDF-1.7\nxref\n0 0\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF');
    expect(await reasonOf(endless, 'infinito.pdf')).toMatch(/^[^\n]+$/);
    const script = '<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while\\(true\\){})>>>>';
    expect(await reasonOf(pdf([script, pages(1), page]), 'azione.pdf')).toMatch(/solo immagini/);
    const objects = ['<</Type/Catalog/Pages 2 0 R>>', pages(1), page, ...Array<string>(100_000).fill('<<>>')];
    expect(await reasonOf(pdf(objects), 'oggetti.pdf')).toMatch(/^[^\n]+$/);
    await goodFileStillReads();
  });
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

test.skipIf(!existsSync('/proc/self/task'))('a waiting child that dies costs no file', async () => {
  await goodFileStillReads();
  const mine = readdirSync('/proc/self/task').flatMap((task) => readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim().split(' '));
  const children = mine.filter((pid) => pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('convert-child'));
  expect(children.length).toBeGreaterThan(0);
  for (const pid of children) {
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toMatch(/PATH=|HOME=/);
    process.kill(Number(pid), 'SIGKILL');
  }
  await goodFileStillReads();
});
