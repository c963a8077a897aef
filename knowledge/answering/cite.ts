/** Step 10, citeSources: sentences become text with `[1]` marks and citations whose quotations are slices of the stored version. */
import type { Citation, Draft, DraftSentence, Passage, RankedPassage } from './question.ts';

export interface CitedText {
  text: string;
  citations: Citation[];
}

/** `origin` is put before the addresses of the source pages; '' leaves them root-relative. */
export function citeSources(draft: Draft, passages: RankedPassage[], origin = ''): CitedText {
  const byId = new Map(passages.map(({ passage }) => [passage.id, passage]));
  const order = [...new Set(draft.sentences.map((sentence) => sentence.passageId))];
  const citations = order.map((id, i) =>
    citationOf(
      byId.get(id) as Passage,
      draft.sentences.filter((sentence) => sentence.passageId === id),
      i + 1,
      origin,
    ),
  );
  let text = '';
  draft.sentences.forEach((sentence, i) => {
    const last = draft.sentences[i + 1]?.passageId !== sentence.passageId;
    const mark = last ? ` [${order.indexOf(sentence.passageId) + 1}]` : '';
    text += `${separator(sentence, draft.sentences[i - 1])}${sentence.layout === 'sentence' ? '' : '- '}${escapeMarkdown(sentence.text)}${mark}`;
  });
  return { text, citations };
}

/** From the first to the last word shown of the passage: one contiguous slice, byte for byte. */
function citationOf(passage: Passage, sentences: DraftSentence[], position: number, origin: string): Citation {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const { quote } of sentences) {
    const at = passage.text.indexOf(quote);
    from = Math.min(from, at);
    to = Math.max(to, at + quote.length);
  }
  return {
    position,
    documentId: passage.documentId,
    passageId: passage.id,
    version: passage.version,
    title: passage.title,
    anchor: passage.anchor,
    heading: passage.headings.at(-1) ?? passage.title,
    url: `${origin}/sources/${encodeURIComponent(passage.documentId)}/${passage.version}#${passage.anchor}`,
    quote: passage.text.slice(from, to),
    validFrom: passage.validFrom,
    validUntil: passage.validUntil,
    updatedOn: passage.updatedOn,
  };
}

function separator(sentence: DraftSentence, before: DraftSentence | undefined): string {
  if (!before) return '';
  if (sentence.layout === 'sentence' && before.layout === 'sentence') return sentence.passageId === before.passageId ? ' ' : '\n\n';
  if (sentence.layout === before.layout) return '\n';
  return '\n\n';
}

const MARKDOWN = /[\\`*_[\]<>]/;
const MARKDOWN_SIGNS = new RegExp(MARKDOWN, 'g');

/** Words of a document are words, never marks or links of ours. */
export function escapeMarkdown(text: string): string {
  return MARKDOWN.test(text) ? text.replace(MARKDOWN_SIGNS, '\\$&') : text;
}
