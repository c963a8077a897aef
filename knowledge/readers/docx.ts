/** Reader: .docx, by mammoth; a bold line "Art. 6" that is no heading becomes one, and what Word hides stays out. */
import mammoth from 'mammoth';
import { ARTICLE } from '../ingest/text.ts';
import { type Read, type ReadDocument, Unreadable } from './contract.ts';
import { withoutHidden } from './docx/hidden.ts';
import { readMarkup } from './html.ts';

export const read: Read = async (bytes) => {
  let markup: string;
  let dropped: ReadDocument['dropped'];
  try {
    const seen = withoutHidden(bytes);
    dropped = seen.dropped;
    const result = await mammoth.convertToHtml(
      { buffer: Buffer.from(seen.bytes) },
      {
        styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"],
        convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      },
    );
    markup = result.value;
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable('non è un documento Word leggibile (.docx)');
  }
  const promoted = markup.replace(/<p>\s*<strong>([^<]+)<\/strong>\s*<\/p>/g, (whole, text: string) =>
    ARTICLE.test(text.trim()) ? `<h3>${text}</h3>` : whole,
  );
  const document = readMarkup(`<body>${promoted}</body>`);
  return [{ ...document, dropped: [...dropped, ...document.dropped] }];
};
export default read;
