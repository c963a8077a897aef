/** Two pages that say different things of the same service: another amount, deadline or hours for what is otherwise the same statement. */
import { askedFactType, type FactType } from '../answering/fact-type.ts';
import { readFacts } from '../answering/facts.ts';
import type { Passage } from '../answering/question.ts';
import { piecesOf } from '../answering/sentences.ts';
import { topicWords } from '../answering/topic.ts';
import { stemOf, wordsOf } from '../indexes/analyzer.ts';
import type { KnowledgeIndex } from '../indexes/contract.ts';
import { readingOf } from '../languages/reading/read.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';

export interface Statement {
  text: string;
  documentId: string;
  version: number;
  title: string;
  anchor: string;
}

export interface Conflict {
  mine: Statement;
  other: Statement;
  /** `amount`, `deadline`, `duration`, `hours`, … */
  about: string;
}

type Dimension = 'money' | 'time-span' | 'date' | 'clock';

interface Claim extends Statement {
  dimension: Dimension;
  /** What is asked by it: a fee is no fine, a deadline no waiting time. */
  type: FactType;
  value: string;
  /** Stems and concepts of what it speaks of, the page's service among them. */
  about: Set<string>;
  /** What narrows it down: for whom, which kind, in which case. */
  narrowed: Set<string>;
  /** The service of the page. */
  service: Set<string>;
}

/** Words that any fee, deadline or opening is told with: they narrow nothing. */
const PLAIN = new Set(
  [
    'rilascio rilasciare rilasciata costo costa costano prezzo tariffa importo importi somma totale euro diritti pagamento pagare paga paghi versare versamento servizio servizi comune comunale comunali ufficio uffici sportello cittadino cittadini',
    'domanda richiesta richiedere chiedere chiedi presentare presenta presentata presentazione consegnare consegna fare fa farla farlo si deve bisogna occorre occorrono serve è pari ammonta massimo circa sempre oggi ogni entro almeno prima dopo anche solo caso casi fase stesso stessa nuovo nuova giorni giorno mesi mese anni anno lavorativi',
    'scade scadenza scadenze termine termini tempi tempo durata dura orario orari aperto aperta aperti apre chiude apertura lunedì martedì mercoledì giovedì venerdì sabato domenica lun mar mer gio ven sab dalle alle dal al ore attuale previsto prevista previsti fissato fissata valido arriva arrivano riceve ricevi pronto pronta casa rispondiamo risponde risposta',
  ]
    .join(' ')
    .split(' '),
);
const PENALTY = /\b(?:sanzion|mult[ae]\b|ritard|mora\b|penal|ravvedimento|rischi)/i;
/** A band of amounts is a condition, not a price. */
const BAND =
  /\b(?:da|tra|oltre|fino a|meno di|più di|sotto|sopra|almeno|entro)\s+(?:i\s+)?(?:€\s*)?\d[\d.,]*(?:\s*(?:€|euro)|\s+(?:a|e)\s+\d)|\bda\s+\d+\s+a\s+\d+/i;
const LOOKED_AT = 40;
const SERVICE_SHARED = 0.6;
const SAID_ALIKE = 0.5;
const TOLD_BY_BOTH = 2;

export interface ConflictParts {
  index: KnowledgeIndex;
  /** Of a run over many pages, so that each passage is read once. */
  read?: ClaimReader;
}

/** O(claims of the page × postings of their words). Resolves with one entry per pair of claims, at most one per claim of ours. */
export async function findConflicts({ index, read: given }: ConflictParts, passages: Passage[], at: string): Promise<Conflict[]> {
  const { collection } = index;
  const read = given ?? createClaimReader(collection.lexicon);
  const mine = passages.flatMap(read);
  const found: Conflict[] = [];
  const own = new Set(passages.map(({ documentId }) => documentId));
  for (const [i, claim] of mine.entries()) {
    // Citizens are answered in between.
    if (i % 10 === 9) await new Promise((resolve) => setImmediate(resolve));
    const slots = [...claim.about].flatMap((stem) => {
      const slot = collection.slotOf(stem);
      return slot === undefined ? [] : [{ slot, weight: 1 }];
    });
    if (slots.length === 0) continue;
    const filter = { at, audience: 'staff', langs: [claim.lang], office: null } as const;
    const hits = await index.query({ words: slots, grams: [], concepts: [], filter: { ...filter, langs: [claim.lang] }, limit: LOOKED_AT });
    for (const { entry } of hits) {
      if (own.has(entry.passage.documentId)) continue;
      const other = read(entry.passage).find((one) => contradicts(claim, one));
      if (!other) continue;
      found.push({ mine: told(claim), other: told(other), about: claim.type });
      break;
    }
  }
  return found;
}

function contradicts(a: ReadClaim, b: ReadClaim): boolean {
  if (a.dimension !== b.dimension || a.value === b.value || a.lang !== b.lang) return false;
  // A fee is no fine, and hours of one kind are compared as they are.
  if (a.dimension === 'money' && a.type !== b.type) return false;
  if (!sameService(a, b)) return false;
  const only = [...a.narrowed].filter((word) => !b.narrowed.has(word) && !b.service.has(word) && !a.service.has(word));
  const missing = [...b.narrowed].filter((word) => !a.narrowed.has(word) && !a.service.has(word) && !b.service.has(word));
  const shared = [...a.narrowed].filter((word) => b.narrowed.has(word) && !(a.service.has(word) && b.service.has(word))).length;
  // "Rispondiamo entro 30 giorni": to what is not said, so it contradicts nothing. A price or an opening is the service's own.
  if (a.narrowed.size === 0 && b.narrowed.size === 0 && (a.dimension === 'time-span' || a.dimension === 'date')) return false;
  if (a.dimension === 'clock' && a.value.split(' ').length !== b.value.split(' ').length) return false;
  if (only.length === 0 && missing.length === 0) return true;
  // The one says all that the other does, and more besides.
  if ((only.length === 0 || missing.length === 0) && shared >= TOLD_BY_BOTH) return true;
  return only.length <= 1 && missing.length <= 1 && shared / (shared + only.length + missing.length) >= SAID_ALIKE;
}

/** The two pages are of one service, or the one names the other's service in full. */
function sameService(a: ReadClaim, b: ReadClaim): boolean {
  const shared = [...a.service].filter((word) => b.service.has(word)).length;
  const names = (claim: ReadClaim, service: Set<string>) => service.size > 0 && [...service].every((word) => claim.about.has(word));
  return (
    shared / Math.max(1, Math.min(a.service.size, b.service.size)) >= SERVICE_SHARED &&
    (shared / Math.max(1, a.service.size + b.service.size - shared) >= SERVICE_SHARED || names(a, b.service) || names(b, a.service))
  );
}

type ReadClaim = Claim & { lang: string };

export type ClaimReader = (passage: Passage) => ReadClaim[];

/** Claims of a passage; read once for each passage of a run. */
export function createClaimReader(lexicon: Lexicon): ClaimReader {
  const kept = new Map<Passage, ReadClaim[]>();
  return (passage) => {
    const known = kept.get(passage);
    if (known) return known;
    const claims = claimsOf(passage, lexicon);
    kept.set(passage, claims);
    return claims;
  };
}

function claimsOf(passage: Passage, lexicon: Lexicon): ReadClaim[] {
  const { lang, title, headings } = passage;
  const service = meant(topicWords(title, lang), lang, lexicon);
  const heading = headings.at(-1) ?? '';
  const sentences = piecesOf(passage.text).flatMap(({ text, kind }) => (kind === 'row' ? [text] : text.split(/(?<=[.!?])\s+(?=\p{Lu})/u)));
  return sentences.flatMap((text): ReadClaim[] => {
    const facts = valuesOf(text, lang);
    // Of several values it is not clear which one belongs to what.
    if (facts.length !== 1 || text.endsWith('?') || BAND.test(text)) return [];
    const [{ dimension, value }] = facts as [{ dimension: Dimension; value: string }];
    const words = topicWords(text, lang).filter((word) => !PLAIN.has(word) && !/\d/.test(word));
    const narrowed = meant(words, lang, lexicon);
    const about = new Set([...service, ...narrowed, ...stemsOf(topicWords(title, lang), lang), ...stemsOf(words, lang)]);
    return [
      {
        text,
        documentId: passage.documentId,
        version: passage.version,
        title,
        anchor: passage.anchor,
        lang,
        dimension,
        value,
        type: typeOf(dimension, text, heading),
        about,
        narrowed,
        service,
      },
    ];
  });
}

function typeOf(dimension: Dimension, text: string, heading: string): FactType {
  if (dimension === 'money') return PENALTY.test(text) ? 'other' : 'amount';
  if (dimension === 'clock') return 'hours';
  if (dimension === 'date') return 'deadline';
  if (/\b(?:dura|valid|vale|scade dopo)\w*/i.test(text)) return 'duration';
  return /\bentro\b/i.test(text) && !/\b(?:arriva|ricev|rispond|rilasc|consegniamo|pronto|pronta|comune|ufficio)/i.test(text)
    ? 'deadline'
    : askedFactType(heading) === 'deadline'
      ? 'count'
      : 'duration';
}

/** Values of the kinds that contradict each other, each once. */
function valuesOf(text: string, lang: string): { dimension: Dimension; value: string }[] {
  const values = new Map<string, Dimension>();
  for (const { kind, needs, said } of readFacts(text, lang)) {
    const key = needs[0] ?? said;
    if (kind === 'amount' && /eur/i.test(key)) values.set(key, 'money');
    else if (/(?:day|week|month|year|hour|minute)/.test(key) && kind !== 'weekday' && !/^(?:day|month):/.test(key))
      values.set(key, 'time-span');
    else if (kind === 'date' && /^dated?:/.test(key)) values.set(key, 'date');
  }
  const clock = [...text.matchAll(/\b\d{1,2}[:.]\d{2}\b/g)].map(([time]) => time.replace('.', ':').replace(/^0/, ''));
  if (clock.length >= 2 && values.size === 0) return [{ dimension: 'clock', value: clock.join(' ') }];
  return [...values].map(([value, dimension]) => ({ dimension, value }));
}

/** Words as concepts of the lexicon where it knows them, else as stems: the same thing under other names is the same. */
function meant(words: readonly string[], lang: string, lexicon: Lexicon): Set<string> {
  const matches = lexicon.match(words, lang).filter(({ near }) => !near);
  const covered = new Set<number>();
  const found = new Set<string>();
  for (const match of matches) {
    const concept = lexicon.conceptsOf(match.form)[0];
    if (concept === undefined || lexicon.concepts[concept]?.general) continue;
    found.add(`=${concept}`);
    for (let at = match.from; at < match.to; at++) covered.add(at);
  }
  words.forEach((word, at) => {
    if (covered.has(at)) return;
    for (const stem of stemsOf([word], lang)) found.add(stem);
  });
  return found;
}

function stemsOf(words: readonly string[], lang: string): string[] {
  const reading = readingOf(lang);
  return words.flatMap((word) => wordsOf(word)).flatMap((word) => stemOf(word, reading) ?? []);
}

function told({ text, documentId, version, title, anchor }: ReadClaim): Statement {
  return { text, documentId, version, title, anchor };
}
