/** What an agent wrote in the editor of a web page, as plain text: Request Tracker keeps it as HTML alone. */
import { load } from 'cheerio';

/** Lines as people see them; a link keeps its address. O(text). */
export function wordsOfHtml(html: string): string {
  const $ = load(html.replace(/\s+/g, ' '));
  $('head,script,style').remove();
  $('a[href]').each((_, element) => {
    const [said, address] = [$(element).text().trim(), $(element).attr('href') ?? ''];
    if (/^https?:/.test(address) && said !== address) $(element).text(`${said} (${address})`);
  });
  $('li').prepend('- ');
  $('br').replaceWith('\n');
  $('p,div,li,tr,h1,h2,h3,h4,blockquote').append('\n');
  return $.root()
    .text()
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
