// Makes the demo documents in binary formats from the HTML files of this folder.
//   node print.ts [names…]        (all of them when no name is given)
// Each page says what it becomes: <meta name="print:format" content="pdf|docx|odt">
// and, for a PDF, its running head: <meta name="print:head" content="…">.
// PDF needs Chromium (Debian's, /usr/bin/chromium), docx and odt need LibreOffice's soffice.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const source = import.meta.dirname;
const target = resolve(join(source, '..', 'documents'));
const officeFilter: Record<string, string> = { docx: 'docx:MS Word 2007 XML', odt: 'odt:writer8' };

const meta = (html: string, name: string): string =>
  html.match(new RegExp(`<meta name="${name}" content="([^"]*)"`))?.[1] ?? '';

const wanted = process.argv.slice(2).map((name) => basename(name, '.html'));
const files = readdirSync(source)
  .filter((name) => name.endsWith('.html'))
  .filter((name) => wanted.length === 0 || wanted.includes(basename(name, '.html')))
  .sort();
mkdirSync(target, { recursive: true });

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const profile = mkdtempSync(join(tmpdir(), 'print-office-'));
try {
  for (const name of files) {
    const file = join(source, name);
    const html = readFileSync(file, 'utf8');
    const format = meta(html, 'print:format');
    const output = join(target, `${basename(name, '.html')}.${format}`);
    if (format === 'pdf') await printPdf(file, meta(html, 'print:head'), output);
    else if (officeFilter[format]) writeWithOffice(file, officeFilter[format]);
    else throw new Error(`${name}: print:format must be pdf, docx or odt`);
    console.log(output);
  }
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}

async function printPdf(file: string, head: string, path: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  // <nav class="indice"> is filled with the headings, so that it always agrees with the text.
  await page.evaluate(() => {
    const list = document.querySelector('nav.indice ul');
    if (!list) return;
    document.querySelectorAll('h2, h3').forEach((heading, index) => {
      heading.id ||= `s${index}`;
      const item = document.createElement('li');
      item.className = heading.tagName.toLowerCase();
      const link = document.createElement('a');
      link.href = `#${heading.id}`;
      link.textContent = heading.textContent;
      item.append(link);
      list.append(item);
    });
  });
  const bar = 'font: 8pt Liberation Sans, sans-serif; color: #444; width: 100%; margin: 0 22mm; display: flex; justify-content: space-between';
  await page.pdf({
    path,
    format: 'A4',
    tagged: true,
    outline: true,
    displayHeaderFooter: true,
    headerTemplate: `<div style="${bar}"><span>Comune di Castelmirto</span><span>${head}</span></div>`,
    footerTemplate: `<div style="${bar}"><span>www.comune.castelmirto.example</span><span>Pagina <span class="pageNumber"></span> di <span class="totalPages"></span></span></div>`,
    margin: { top: '24mm', bottom: '22mm', left: '22mm', right: '22mm' },
  });
  await page.close();
}

function writeWithOffice(file: string, filter: string): void {
  execFileSync('soffice', [`-env:UserInstallation=${pathToFileURL(profile).href}`, '--headless',
    '--infilter=HTML (StarWriter)', '--convert-to', filter, '--outdir', target, file], { stdio: 'ignore' });
}
