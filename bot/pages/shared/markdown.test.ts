import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { plainText, renderMarkdown } from './markdown.ts';
import { safeHref } from './markdown-line.ts';

const payloads = path.resolve(import.meta.dirname, '../../../../shared/data/redteam/xss.jsonl');
const allowed = new Set('p br strong em ul ol li a code h3 h4 h5 h6 table thead tbody tr th td'.split(' '));

/** Every tag of the output with its attributes; anything else that opens with `<` would be a hole. */
function tagsOf(markup: string): { name: string; attributes: string }[] {
  return [...markup.matchAll(/<\/?([a-z0-9]+)([^>]*)>/gi)].map(([, name = '', attributes = '']) => ({
    name: name.toLowerCase(),
    attributes,
  }));
}

function expectHarmless(source: string): void {
  const markup = renderMarkdown(source, { marks: new Set([1]), markPrefix: 'fonte-' });
  expect(markup.replace(/<\/?[a-z0-9]+(?: [a-z-]+="[^"<>]*")*>/g, ''), source).not.toMatch(/[<>]/);
  for (const { name, attributes } of tagsOf(markup)) {
    expect(allowed.has(name), `${source} → <${name}>`).toBe(true);
    const names = [...attributes.matchAll(/ ([a-z-]+)="/g)].map(([, attribute]) => attribute);
    expect(
      names.every((attribute) => ['href', 'target', 'rel', 'class', 'aria-label', 'start', 'scope'].includes(attribute ?? '')),
      `${source} → ${attributes}`,
    ).toBe(true);
    const href = /href="([^"]*)"/.exec(attributes)?.[1];
    if (href !== undefined) expect(href, source).toMatch(/^(?:https?:\/\/|mailto:|tel:|#fonte-1$|\/(?![/\\]))/);
  }
}

describe('what a text may become', () => {
  test('blocks: paragraphs with line breaks, headings from h3 down, lists, tables', () => {
    expect(renderMarkdown('Uno\ndue\n\nTre')).toBe('<p>Uno<br>due</p><p>Tre</p>');
    expect(renderMarkdown('# Costi\n\n###### Altro')).toBe('<h3>Costi</h3><h6>Altro</h6>');
    expect(renderMarkdown('- a\n- b\n\n3. c\n4. d')).toBe('<ul><li>a</li><li>b</li></ul><ol start="3"><li>c</li><li>d</li></ol>');
    expect(renderMarkdown('| Caso | Euro |\n|---|---|\n| CIE | 22,20 |')).toBe(
      '<table><thead><tr><th scope="col">Caso</th><th scope="col">Euro</th></tr></thead><tbody><tr><td>CIE</td><td>22,20</td></tr></tbody></table>',
    );
  });

  test('words: emphasis, code, escapes; a name with underscores or a sum with stars stays as it is', () => {
    expect(renderMarkdown('**forte** e *piano*, `a<b`')).toBe('<p><strong>forte</strong> e <em>piano</em>, <code>a&#60;b</code></p>');
    expect(renderMarkdown('modulo_di_prova 2 * 3 * 4 \\*no\\*')).toBe('<p>modulo_di_prova 2 * 3 * 4 *no*</p>');
  });

  test('a mark becomes a link only where a source of that number exists', () => {
    const markup = renderMarkdown('Costa 22,20 €.[1] Boh.[2]', { marks: new Set([1]), markPrefix: 'fonte-a-', markLabel: 'Fonte' });
    expect(markup).toBe('<p>Costa 22,20 €.<a class="mark" href="#fonte-a-1" aria-label="Fonte 1">1</a> Boh.[2]</p>');
  });

  test('link definitions at the end, meant for WebChat, are not shown', () => {
    expect(renderMarkdown('Ecco.[1]\n\n[1]: https://a.example/s#x "Carta"', { marks: new Set([1]) })).not.toContain('a.example');
    expect(plainText('Ecco **qui**.[1]\n\n[1]: https://a.example/s "Carta"')).toBe('Ecco qui.[1]');
  });

  test('links: https, mailto and tel; the last say on hosts is the caller’s', () => {
    expect(renderMarkdown('[Prenota](https://a.example/b?c=1&d=2)')).toBe(
      '<p><a href="https://a.example/b?c=1&#38;d=2" target="_blank" rel="noopener noreferrer">Prenota</a></p>',
    );
    expect(renderMarkdown('[chiama](tel:0990551110)')).toBe('<p><a href="tel:0990551110">chiama</a></p>');
    expect(renderMarkdown('[via](https://evil.example/)', { allowLink: (url) => url.hostname === 'a.example' })).toBe('<p>via</p>');
  });
});

describe('what a text can never become', () => {
  test.each([
    '<script>x()</script>',
    '<img src=x onerror=x()>',
    '[a](javascript:x())',
    '[a]( JaVaScRiPt:x())',
    '[a](java\tscript:x())',
    '[a](java&#10;script:x())',
    '[a](data:text/html,<b>)',
    '[a](vbscript:x)',
    '[a](//evil.example)',
    '[a](https://user:pass@evil.example/)',
    '[a](https://a.example/" onmouseover="x())',
    '[a](https://a.example/ "t\\" onmouseover=\\"x()")',
    '![p](https://evil.example/p.png?q=1)',
    '[![p](https://evil.example/p.png)](javascript:x())',
    '[1](javascript:x())',
    '**<b onclick=x()>**',
    '`<img src=x onerror=x()>`',
    '| <b> | a |\n|---|---|\n| <img src=x onerror=x()> | [a](javascript:x()) |',
    '# <svg onload=x()>',
    '- <iframe srcdoc="<script>x()</script>">',
    '[a [b](javascript:x()) c](https://a.example)',
    '\u0000<b>\u202e',
  ])('%s', (source) => expectHarmless(source));

  test('an image is its words and asks for nothing', () => {
    expect(renderMarkdown('![pianta](https://evil.example/p.png)')).toBe('<p>pianta</p>');
  });

  test.each([
    'javascript:a',
    'https:a',
    'https://',
    'ftp://a.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '#x',
    'mailto:a@b.it\u0000',
  ])('no address: %j', (target) => expect(safeHref(target)).toBeNull());

  test('a page of our own may be named without its host', () => {
    expect(safeHref('/privacy')).toBe('/privacy');
  });

  test.skipIf(!existsSync(payloads))('the shared payloads (skipped without ../shared)', () => {
    const lines = readFileSync(payloads, 'utf8').trim().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(20);
    for (const line of lines) expectHarmless((JSON.parse(line) as { payload: string }).payload);
  });

  test('random mixtures of every special sign stay inside the list, and a hostile text costs no time', () => {
    const signs = [
      '<',
      '>',
      '"',
      "'",
      '&',
      '[',
      ']',
      '(',
      ')',
      '!',
      '*',
      '_',
      '`',
      '|',
      '\\',
      '#',
      '-',
      '1.',
      '\n',
      ' ',
      'a',
      'javascript:',
      'https://a.it',
      '[1]',
    ];
    let seed = 7;
    const next = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return signs[seed % signs.length] ?? '';
    };
    for (let round = 0; round < 2_000; round++) expectHarmless(Array.from({ length: 24 }, next).join(''));
    const started = performance.now();
    for (const sign of ['[', '*', '**a', '`', '![', '(', '|-'.repeat(3), '_a']) renderMarkdown(sign.repeat(5_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
