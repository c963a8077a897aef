/** From question to cited answer over a small real collection: the whole chain, no stand-ins. */
import { describe, expect, test } from 'vitest';
import openExtractive from '../composers/extractive.ts';
import openIndex from '../indexes/embedded.ts';
import { splitDocument } from '../ingest/split.ts';
import en from '../languages/en.ts';
import it from '../languages/it.ts';
import { createSpeech } from '../languages/speak.ts';
import { read as readMarkdown } from '../readers/md.ts';
import { createAnswering } from './answer.ts';
import { citeSources, escapeMarkdown } from './cite.ts';
import { checkGrounds } from './ground.ts';
import { recogniseIntent } from './intents.ts';
import { identifyLanguage } from './language.ts';
import type { Passage, Question, RankedPassage } from './question.ts';
import { createRetriever } from './retrieve.ts';
import { piecesOf } from './sentences.ts';

const pages: [string, string][] = [
  [
    'carta',
    '# Carta d’identità\n\n## Quanto costa\n\n| Caso | Importo |\n|---|---|\n| Adulto | 22,20 € |\n| Duplicato per smarrimento | 27,35 € |\n\n## Cosa serve\n\nPorta con te:\n\n- una fototessera recente;\n- la tessera sanitaria.\n\n## Tempi e scadenze\n\nLa carta arriva a casa entro 6 giorni lavorativi.',
  ],
  [
    'residenza',
    '# Cambio di residenza\n\n## Tempi e scadenze\n\nPresenta la dichiarazione entro 20 giorni dal trasferimento. Il Comune registra il cambio entro 2 giorni.\n\n## Quanto costa\n\nIl cambio di residenza è gratis.',
  ],
  [
    'biblioteca',
    '# Biblioteca comunale\n\n## Orari\n\nLa biblioteca è aperta da martedì a venerdì 9:30-18:30.\n\n## Prestito\n\nPuoi prendere in prestito 6 libri per 30 giorni.',
  ],
  ['biblioteca-en', '# Public library\n\n## Opening hours\n\nThe library is open Tuesday to Friday, 9:30 to 18:30.'],
];

const index = openIndex();
const texts = new Map<string, string>();
for (const [id, markdown] of pages) {
  const [document] = await readMarkdown(Buffer.from(markdown), `${id}.md`);
  const { text, sections } = splitDocument(document?.blocks ?? []);
  texts.set(id, text);
  await index.put(
    sections.map(
      (section, position): Passage => ({
        id: `${id}:${section.anchor}`,
        documentId: id,
        version: 1,
        title: document?.title ?? '',
        headings: section.headings,
        anchor: section.anchor,
        position,
        lang: id.endsWith('-en') ? 'en' : 'it',
        office: 'URP',
        audience: 'citizen',
        validFrom: null,
        validUntil: null,
        updatedOn: '2026-01-01',
        sourceUrl: null,
        start: section.start,
        end: section.end,
        text: text.slice(section.start, section.end),
      }),
    ),
  );
}
const offices = [{ name: 'URP', address: 'piazza 1', hours: '8:30-13:00', phone: '0990 551 100', email: 'urp@x.example', topics: ['urp'] }];
const answering = createAnswering({
  retriever: createRetriever(index),
  composer: openExtractive(),
  languages: ['it', 'en'],
  speech: createSpeech([it(), en()]),
  offices: () => offices,
});
const question = (text: string, more: Partial<Question> = {}): Question => ({
  text,
  history: [],
  at: '2026-11-25',
  audience: 'citizen',
  ...more,
});

describe('answers', () => {
  test.each([
    ['Quanto costa la carta d’identità?', '22,20 €', 'quanto-costa'],
    ['In quanto tempo arriva la carta d’identità?', '6 giorni', 'tempi-e-scadenze'],
    ['che documenti servono per la carta di identita', 'fototessera', 'cosa-serve'],
    ['Entro quando dichiaro il cambio di residenza?', '20 giorni', 'tempi-e-scadenze'],
    ['orari biblioteca', '9:30-18:30', 'orari'],
    ['When is the library open?', 'Tuesday', 'opening-hours'],
  ])('%s → %s', async (text, expected, anchor) => {
    const answer = await answering.answer(question(text));
    expect([answer.outcome, answer.text]).toEqual(['answered', expect.stringContaining(expected)]);
    expect(answer.citations[0]?.anchor).toBe(anchor);
  });

  test('asked all at once, in step with each other, they get what they get one by one', async () => {
    const subjects = ['la carta d’identità', 'il cambio di residenza', 'la biblioteca', 'il prestito dei libri', 'un cane', 'the library'];
    const asks = ['Quanto costa', 'Quando scade', 'Cosa serve per', 'Che orari ha', 'Dove trovo', 'How long takes'];
    const all = asks.flatMap((ask) => subjects.map((subject) => question(`${ask} ${subject}?`)));
    const followed = all.map((one, i) => (i % 3 === 2 ? { ...one, history: [{ role: 'citizen' as const, text: all[i - 1]!.text }] } : one));
    const one: unknown[] = [];
    for (const asked of followed) one.push({ ...(await answering.answer(asked)), ms: 0 });
    const many = await Promise.all(followed.map(async (asked) => ({ ...(await answering.answer(asked)), ms: 0 })));
    expect(many).toEqual(one);
    expect(new Set(many.map(({ outcome }) => outcome)).size).toBeGreaterThan(1);
  });

  test('every quotation is a slice of the stored text, every mark has its citation, two runs agree to the byte', async () => {
    for (const text of [
      'Quanto costa la carta d’identità?',
      'Cosa serve per la carta d’identità?',
      'Quanti libri in prestito alla biblioteca?',
    ]) {
      const answer = await answering.answer(question(text));
      for (const citation of answer.citations) {
        expect(texts.get(citation.documentId)).toContain(citation.quote);
        expect(answer.text).toContain(`[${citation.position}]`);
        expect(citation.url).toBe(`/sources/${citation.documentId}/1#${citation.anchor}`);
      }
      expect({ ...(await answering.answer(question(text))), ms: 0 }).toEqual({ ...answer, ms: 0 });
    }
  });

  test('a follow-up leans on what came before, a new topic does not', async () => {
    const history = [{ role: 'citizen' as const, text: 'Quanto costa la carta d’identità?' }];
    expect((await answering.answer(question('e il duplicato?', { history }))).text).toContain('27,35 €');
    expect((await answering.answer(question('orari della biblioteca', { history }))).text).toContain('9:30');
  });

  test.each([
    'Che tempo fa domani?',
    'Quanto costa la patente nautica?',
    'Quanto costa la carta d’identità nel 2031?',
    'ricetta della carbonara',
  ])('%s is not answered: the office and a person are named', async (text) => {
    const answer = await answering.answer(question(text));
    expect(['unanswerable', 'clarify']).toContain(answer.outcome);
    expect(answer.citations).toEqual([]);
    expect(answer.choices.at(-1)?.title).toBe('Parla con una persona');
    if (answer.outcome === 'unanswerable') expect(answer.text).toContain('8:30-13:00');
  });

  test('what speaks for a passage goes out with it as text, and stays what it was when the collection changes', async () => {
    const asked = question('Quanto costa la carta d’identità?');
    const [first, second] = (await answering.steps(asked)).passages as [RankedPassage, RankedPassage];
    const told = JSON.parse(JSON.stringify(first)) as RankedPassage;
    expect(told).toEqual({ passage: first.passage, score: first.score, signals: { ...first.signals } });
    expect(told.signals).toMatchObject({ words: expect.any(Number), telling: expect.any(Number), wordsAsked: 3 });
    const [, again] = (await answering.steps(asked)).passages as [RankedPassage, RankedPassage];
    const passage: Passage = { ...first.passage, id: 'other', documentId: 'other' };
    await index.put([passage]);
    expect(second.signals).toEqual(again.signals);
    await index.remove('other');
    expect((await answering.steps(asked)).passages[1]?.signals).toEqual(again.signals);
  });

  test('a surprise is an outcome, not an exception', async () => {
    const broken = createAnswering({
      retriever: { ...createRetriever(index), retrieve: () => Promise.reject(new Error('x')) },
      composer: openExtractive(),
      languages: ['it'],
      speech: createSpeech([it()]),
      offices: () => [],
    });
    expect(await broken.answer(question('Quanto costa?'))).toMatchObject({ outcome: 'failed', citations: [] });
  });
});

describe('grounds', () => {
  const ranked = {
    passage: { id: 'p', text: 'La tassa costa 22,20 € dal 3 agosto 2026.', title: 'T', headings: [] } as unknown as Passage,
    score: 1,
    signals: {},
  } as RankedPassage;
  const sentence = (text: string, quote: string) => ({ text, quote, passageId: 'p', layout: 'sentence' as const });
  test('a quotation that is not there and a figure that is not in it are rejected', () => {
    const { sentences, rejected } = checkGrounds(
      {
        generated: true,
        sentences: [
          sentence('Costa 22,20 €.', 'La tassa costa 22,20 €'),
          sentence('Costa 25,00 €.', 'La tassa costa 22,20 €'),
          sentence('È gratis.', 'La tassa è gratis'),
        ],
      },
      [ranked],
    );
    expect(sentences.map((one) => one.text)).toEqual(['Costa 22,20 €.']);
    expect(rejected.map((one) => one.reason)).toEqual(['fact_not_found', 'quote_not_found']);
  });
  test('document words never become marks or links', () => {
    expect(escapeMarkdown('[clicca](javascript:x) *ora* <b>')).toBe('\\[clicca\\](javascript:x) \\*ora\\* \\<b\\>');
    expect(
      citeSources({ generated: false, sentences: [sentence('La tassa costa 22,20 €', 'La tassa costa 22,20 €')] }, [ranked]).citations[0]
        ?.quote,
    ).toBe('La tassa costa 22,20 €');
  });
});

describe('understanding', () => {
  test.each([
    ['Vorrei parlare con una persona', 'human'],
    ['passami un operatore', 'human'],
    ['I want to speak to a human', 'human'],
    ['Ich möchte mit einem Mitarbeiter sprechen', 'human'],
    ['je voudrais parler à un conseiller', 'human'],
    ['quiero hablar con una persona', 'human'],
    ['operatore', 'human'],
    ['Posso delegare un’altra persona a ritirare la carta?', 'question'],
    ['ciao!', 'smalltalk'],
    ['grazie mille 🙏', 'smalltalk'],
    ['🙂', 'smalltalk'],
    ['casa mia sta bruciando', 'emergency'],
    ['mio marito mi picchia', 'emergency'],
    ['Quanto costa la TARI?', 'question'],
  ])('%s → %s', (text, kind) => {
    expect(recogniseIntent(text).kind).toBe(kind);
  });
  test.each([
    ['Quanto costa la carta d’identità?', 'en', 'it'],
    ['How much does it cost?', 'it', 'en'],
    ['Wie viel kostet der Personalausweis?', 'it', 'de'],
    ['Combien coûte la carte d’identité ?', 'it', 'fr'],
    ['¿Cuánto cuesta el carné?', 'it', 'es'],
    ['TARI', 'de', 'de'],
    ['SPID', 'it', 'it'],
    ['ok', 'it', 'it'],
    ['Mario Rossi', 'it', 'it'],
    ['كم تكلفة بطاقة الهوية؟', 'it', 'ar'],
    ['身份证多少钱', 'it', 'zh'],
    ['Скільки коштує паспорт?', 'it', 'uk'],
  ])('%s (so far %s) is %s', (text, prior, lang) => {
    expect(identifyLanguage(text, prior)).toBe(lang);
  });
  test('pieces are exact slices; abbreviations and amounts do not end a sentence', () => {
    const text = 'Vale l’art. 5 del d.l. 120 del 2020. Costa 22,20 €. Vedi anche:\n- primo punto;\n- secondo.\n\nTipo: CIE; Euro: 22,20';
    const pieces = piecesOf(text);
    expect(pieces.map((piece) => piece.kind)).toEqual(['sentence', 'sentence', 'sentence', 'item', 'item', 'row']);
    for (const piece of pieces) expect(text.slice(piece.start, piece.end)).toBe(piece.text);
  });
});
