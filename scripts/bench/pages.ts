/** Invented pages in the shape of a service page (twelve sections, as the demo's pages have), and questions that they answer: each page is about a thing that no other names, and six facts stand on it. Beside each fact stand sentences of the demo's pages, so that the common words are as common as in a real collection. Seeded: the same count gives the same pages. */
import type { PreparedDocument, Section } from '../../knowledge/documents/document.ts';
import { metaOf, mulberry, type Page, pickFrom, placeName, readPages, vary } from './corpus.ts';

const KINDS = [
  'la licenza',
  'il contributo',
  'il permesso',
  'la tessera',
  'il bollino',
  'la concessione',
  'il rimborso',
  'la convenzione',
  'la targa',
  'il nullaosta',
];
const PAPERS =
  'la planimetria,la visura,una marca da bollo,due fotografie,la polizza,la dichiarazione del proprietario,la scheda tecnica,la copia del contratto'.split(
    ',',
  );
const PEOPLE = 'chi è proprietario,chi è in affitto da un anno,chi ha più di 18 anni,chi ha una partita IVA,chi risiede da due anni'.split(
  ',',
);
const MONTHS = 'gennaio febbraio marzo aprile maggio giugno settembre ottobre novembre dicembre'.split(' ');

interface Fact {
  heading: string;
  says(service: string, random: () => number): string;
  asks(service: string): string;
}

const between = (random: () => number, least: number, most: number) => least + Math.floor(random() * (most - least + 1));

const FACTS: Fact[] = [
  {
    heading: 'Quanto costa',
    says: (service, random) => `Per ${service} si pagano ${between(random, 5, 400)} euro.`,
    asks: (service) => `Quanto costa ${service}?`,
  },
  {
    heading: 'Tempi e scadenze',
    says: (service, random) => `La domanda per ${service} si presenta entro il ${between(random, 2, 28)} ${pickFrom(MONTHS, random)}.`,
    asks: (service) => `Entro quando si presenta la domanda per ${service}?`,
  },
  {
    heading: 'Cosa serve',
    says: (service, random) => `Per ${service} servono ${pickFrom(PAPERS, random)} e il documento d’identità.`,
    asks: (service) => `Quali documenti servono per ${service}?`,
  },
  {
    heading: 'Accedi al servizio',
    says: (service, random) =>
      `La domanda per ${service} si consegna allo sportello di via ${placeName(random)} ${between(random, 1, 90)}.`,
    asks: (service) => `Dove si consegna la domanda per ${service}?`,
  },
  {
    heading: 'A chi è rivolto',
    says: (service, random) => `Può chiedere ${service} ${pickFrom(PEOPLE, random)}.`,
    asks: (service) => `Chi può chiedere ${service}?`,
  },
  {
    heading: 'Cosa si ottiene',
    says: (service, random) => `${capital(service)} si ottiene in ${between(random, 3, 90)} giorni.`,
    asks: (service) => `In quanti giorni si ottiene ${service}?`,
  },
];
/** Sections that hold no fact asked for. */
const OTHERS = ['Descrizione breve', 'Come fare', 'Condizioni di servizio', 'Contatti', 'Casi particolari', 'Se qualcosa non va'];

export const pageId = (n: number): string => `inventata-${n}`;

/** `count` documents of twelve passages each. */
export function* makePages(count: number): Generator<PreparedDocument> {
  const demo = readPages();
  const random = mulberry(2);
  for (const [n, service] of services(count).entries()) {
    const title = capital(service);
    const place = placeName(random);
    let text = title;
    const sections: Section[] = [];
    const add = (heading: string, first: string[]) => {
      const start = text.length + 2;
      text = `${text}\n\n${[...first, ...filler(demo, random, place)].join(' ')}`;
      sections.push({ anchor: `p-${sections.length}`, headings: [heading], start, end: text.length });
    };
    for (const [i, { heading, says }] of FACTS.entries()) {
      add(heading, [says(service, random)]);
      add(OTHERS[i] as string, []);
    }
    yield { meta: metaOf(pageId(n), title), source: pageId(n), text, sections };
  }
}

/** The n-th question and the number of the page that answers it; none twice. Neighbours ask about pages far apart. */
export function pageQuestions(count: number): (n: number) => { text: string; page: number } {
  const all = services(count);
  const stride = strideFor(count);
  return (n) => {
    const page = (n * stride) % count;
    const round = Math.floor(n / count);
    const { asks } = FACTS[((n % count) + round) % FACTS.length] as Fact;
    const again = Math.floor(round / FACTS.length);
    return { text: `${asks(all[page] as string)}${again > 0 ? ` (${again})` : ''}`, page };
  };
}

/** Near the golden section of `count`, and without a common divisor: every page comes once in `count` steps. */
function strideFor(count: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let stride = Math.max(1, Math.round(count * 0.618));
  while (divisor(stride, count) !== 1) stride++;
  return stride;
}

function services(count: number): string[] {
  const random = mulberry(1);
  const things = new Set<string>();
  while (things.size < count) things.add(placeName(random).toLowerCase());
  return [...things].map((thing, n) => `${KINDS[n % KINDS.length]} per la ${thing}`);
}

function filler(demo: Page[], random: () => number, place: string): string[] {
  const page = pickFrom(demo, random);
  return Array.from({ length: between(random, 2, 4) }, () => vary(pickFrom(page.sentences, random), random, place));
}

const capital = (words: string): string => words[0]?.toUpperCase() + words.slice(1);
