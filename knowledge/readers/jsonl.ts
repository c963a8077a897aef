/** Reader: .jsonl corpora. One line `{id,title,section,product,url,lang,text,doc}` is one passage, kept as it is; lines with one `doc` are one document in file order. */
import { z } from 'zod';
import { type Read, type ReadDocument, Unreadable } from './contract.ts';

const line = z.object({
  id: z.string().min(1).max(200),
  title: z.string().default(''),
  section: z.string().default(''),
  /** The service a card belongs to; stands above its section. */
  product: z.string().default(''),
  url: z.string().nullish(),
  lang: z.string().max(8).default('it'),
  text: z.string().min(1),
  doc: z.string().min(1).max(200).nullish(),
});

export const read: Read = async (bytes) => {
  const documents = new Map<string, ReadDocument>();
  const lines = new Map<string, number>();
  let number = 0;
  for (const text of new TextDecoder('utf-8').decode(bytes).split('\n')) {
    number++;
    if (text.trim() === '') continue;
    const passage = parse(text, number);
    const earlier = lines.get(passage.id);
    if (earlier !== undefined) throw new Unreadable(`la riga ${number} ripete l’id «${passage.id}» della riga ${earlier}`);
    lines.set(passage.id, number);
    const id = passage.doc ?? passage.id;
    let document = documents.get(id);
    if (!document) {
      document = {
        title: passage.title || id,
        lang: passage.lang,
        meta: { id, ...(passage.url ? { url: passage.url } : {}) },
        blocks: [],
        given: [],
        dropped: [],
      };
      documents.set(id, document);
    }
    document.given?.push({
      id: passage.id,
      title: passage.title,
      section: [passage.product, passage.section].filter(Boolean).join(' > '),
      url: passage.url ?? null,
      lang: passage.lang,
      text: passage.text,
    });
  }
  if (documents.size === 0) throw new Unreadable('non contiene nessuna riga');
  return [...documents.values()];
};
export default read;

function parse(text: string, number: number): z.infer<typeof line> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Unreadable(`la riga ${number} non è JSON`);
  }
  const result = line.safeParse(value);
  if (result.success) return result.data;
  throw new Unreadable(`la riga ${number} non è un passo: ${result.error.issues[0]?.path.join('.')} ${result.error.issues[0]?.message}`);
}
