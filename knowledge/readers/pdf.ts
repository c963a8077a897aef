/** Reader: .pdf, by pdf.js. Lines are rebuilt from where the glyphs stand; running heads, page numbers and contents are left out. */
import { getDocumentProxy } from 'unpdf';
import { cleanLine } from '../ingest/text.ts';
import { type Read, type ReadDocument, Unreadable } from './contract.ts';
import { linesToBlocks } from './pdf/blocks.ts';
import { hiddenOn } from './pdf/hidden.ts';
import { type Fragment, type Line, linesOf } from './pdf/lines.ts';
import { dropContents, dropRunningHeads } from './pdf/running.ts';

const MOST_PAGES = 2_000;
/** Looking for hidden text reads a page's drawing too; a document of many pictures is not refused for the time that takes. */
const HIDDEN_MS = 8_000;
/** Fewer characters a page than this is a picture of text. */
const SCANNED = 50;

export const read: Read = async (bytes) => {
  const pdf = await openPdf(bytes);
  try {
    return await readPages(pdf);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable('una delle sue pagine è rovinata: salvalo di nuovo dal programma con cui è stato fatto');
  } finally {
    // Also of a file that fails, pages and fonts are held until it is let go.
    await pdf.cleanup().catch(() => {});
    await pdf.loadingTask.destroy();
  }
};
export default read;

async function readPages(pdf: Awaited<ReturnType<typeof openPdf>>): Promise<ReadDocument[]> {
  if (pdf.numPages > MOST_PAGES) throw new Unreadable(`ha ${pdf.numPages} pagine, il limite è ${MOST_PAGES}: dividilo`);
  const pages: Line[][] = [];
  const hidden: string[] = [];
  const start = performance.now();
  let characters = 0;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const content = await page.getTextContent();
    const unseen = performance.now() - start < HIDDEN_MS ? await hiddenOn(page) : null;
    if (unseen?.text) hidden.push(unseen.text);
    const [, bottom = 0, , top = 0] = page.view;
    const fragments: Fragment[] = [];
    for (const item of content.items) {
      if (!('str' in item) || item.str.trim() === '') continue;
      const height = item.height || Math.abs(item.transform[3] as number);
      if (unseen?.holds(item.str)) continue;
      if (height < 1) {
        hidden.push(item.str);
        continue;
      }
      characters += item.str.length;
      fragments.push({
        text: item.str,
        x: item.transform[4] as number,
        y: item.transform[5] as number,
        width: item.width,
        height,
        font: item.fontName,
      });
    }
    pages.push(linesOf(fragments, number, top - bottom));
    page.cleanup();
  }
  if (characters / pdf.numPages < SCANNED)
    throw new Unreadable('contiene solo immagini di pagine: serve il riconoscimento del testo (OCR) prima di caricarlo');
  const info = (await pdf.getMetadata().catch(() => null))?.info as { Title?: string } | undefined;
  const running = dropRunningHeads(pages);
  const contents = dropContents(running.pages.flat());
  const blocks = linesToBlocks(contents.lines);
  const first = blocks.find((block) => block.kind === 'heading');
  const dropped = [...hiddenOnes(hidden), ...running.dropped, ...contents.dropped];
  return [{ title: first?.text ?? info?.Title ?? null, lang: null, meta: {}, blocks, dropped }];
}

function hiddenOnes(texts: string[]): ReadDocument['dropped'] {
  return texts.filter((text) => /\p{L}{3}/u.test(text)).map((text) => ({ reason: 'hidden', text: cleanLine(text).slice(0, 500) }));
}

async function openPdf(bytes: Uint8Array): ReturnType<typeof getDocumentProxy> {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, stopAtErrors: false });
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException')
      throw new Unreadable('è protetto da password: carica una copia senza password');
    throw new Unreadable('non è un PDF leggibile: è rovinato o incompleto');
  }
}
