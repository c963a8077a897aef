/** Reader: .docx, by mammoth; a bold line "Art. 6" that is no heading becomes one. */
import mammoth from 'mammoth';
import { ARTICLE } from '../ingest/text.ts';
import { type Read, Unreadable } from './contract.ts';
import { readMarkup } from './html.ts';

export const read: Read = async (bytes) => {
  let markup: string;
  try {
    const result = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes) },
      {
        styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"],
        convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      },
    );
    markup = result.value;
  } catch {
    throw new Unreadable('non è un documento Word leggibile (.docx)');
  }
  const promoted = markup.replace(/<p>\s*<strong>([^<]+)<\/strong>\s*<\/p>/g, (whole, text: string) =>
    ARTICLE.test(text.trim()) ? `<h3>${text}</h3>` : whole,
  );
  return [readMarkup(`<body>${promoted}</body>`)];
};
export default read;
