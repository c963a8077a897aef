/** The public's figures: by month, nothing of persons, small numbers left out; as CSV, JSON and a DCAT-AP_IT catalogue. */
import { addDays } from '../../connectors/bookings/zone.ts';
import { insight, type InsightParts } from './insight.ts';
import { periodOf } from './period.ts';
import { share } from './sql.ts';
import type { Cell, FigureTable } from './table.ts';

/** Fewer than this might be somebody: the cell is empty. */
export const LEAST = 5;
const MONTHS = 12;
/** Made anew at most so often: anybody may ask. */
const FRESH_MS = 10 * 60_000;

/** The public's figures, made once for everybody who asks within ten minutes. */
export function createPublicFigures(parts: InsightParts, today: () => string): () => Promise<FigureTable> {
  const now = parts.now ?? Date.now;
  let made: { at: number; figures: Promise<FigureTable> } | null = null;
  return () => {
    if (made && now() - made.at <= FRESH_MS) return made.figures;
    const fresh = { at: now(), figures: publicFigures(parts, today()) };
    made = fresh;
    fresh.figures.catch(() => {
      if (made === fresh) made = null;
    });
    return fresh.figures;
  };
}

const COLUMNS = [
  { name: 'mese', title: 'Mese' },
  { name: 'conversazioni', title: 'Conversazioni' },
  { name: 'domande', title: 'Domande' },
  { name: 'quota_con_risposta', title: 'Quota con risposta' },
  { name: 'quota_risolte_verificate', title: 'Risolte senza una persona, verificate' },
  { name: 'richieste_operatore', title: 'Richieste di una persona' },
  { name: 'quota_abbandonate', title: 'Quota abbandonate' },
  { name: 'attesa_mediana_s', title: 'Attesa mediana (s)' },
  { name: 'attesa_p90_s', title: 'Attesa, 90° percentile (s)' },
  { name: 'valutazioni', title: 'Valutazioni' },
  { name: 'valutazione_media', title: 'Valutazione media (1–5)' },
  { name: 'risposte_controllate', title: 'Risposte controllate da due persone' },
  { name: 'quota_giuste', title: 'Giuste' },
  { name: 'quota_sbagliate', title: 'Sbagliate' },
];

/** The last twelve whole months and the running one, oldest first. Twelve times the queries of /insight: keep it for a while. */
export async function publicFigures(parts: InsightParts, today: string): Promise<FigureTable> {
  const rows: Cell[][] = [];
  for (const month of lastMonths(today)) {
    const { headline, containment, sample, tables } = await insight(parts, periodOf(`${month}-01`, lastDay(month, today)));
    const find = (name: string) => tables.find((table) => table.name === name)?.rows ?? [];
    const marks = find('valutazioni');
    const n = marks.reduce((sum, row) => sum + Number(row[1]), 0);
    const mean = n > 0 ? marks.reduce((sum, row) => sum + Number(row[1]) * Number(row[2]), 0) / n : null;
    const enough = (cell: Cell, of: number): Cell => (of >= LEAST ? cell : null);
    const waits = find('attese')[0] ?? [];
    rows.push([
      month,
      enough(headline.conversations, headline.conversations),
      enough(headline.questions, headline.questions),
      enough(headline.answeredShare, headline.questions),
      enough(headline.verifiedContainment, containment.judged),
      enough(headline.requests, headline.requests),
      enough(headline.abandonedShare, headline.requests),
      enough(waits[3] ?? null, Number(waits[1] ?? 0)),
      enough(waits[4] ?? null, Number(waits[1] ?? 0)),
      enough(n, n),
      enough(mean === null ? null : Number(mean.toFixed(2)), n),
      enough(sample.n, sample.n),
      enough(share(sample.right, sample.n), sample.n),
      enough(share(sample.wrong, sample.n), sample.n),
    ]);
  }
  return {
    name: 'indicatori',
    title: 'Indicatori mensili del servizio',
    about: `Mese per mese. Dove i casi sono meno di ${LEAST} la casella è vuota, perché nessuno sia riconoscibile.`,
    columns: COLUMNS,
    rows,
    plot: { label: 0, bars: [2], stacked: false },
  };
}

function lastMonths(today: string): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number);
  return Array.from({ length: MONTHS + 1 }, (_, i) => new Date(Date.UTC(year, month - 1 - (MONTHS - i), 1)).toISOString().slice(0, 7));
}

function lastDay(month: string, today: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const last = addDays(new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10), -1);
  return last < today ? last : today;
}

/** JSON-LD by the Italian profile: one catalogue, one dataset, two distributions. `url`: where this server is seen. */
export function catalogue(url: string, body: string, today: string): object {
  const agent = { '@type': ['foaf:Agent', 'dcatapit:Agent'], 'foaf:name': body, 'dct:identifier': body };
  const distribution = (file: string, type: string, media: string) => ({
    '@id': `${url}/open-data/${file}`,
    '@type': ['dcat:Distribution', 'dcatapit:Distribution'],
    'dct:title': `Indicatori mensili del servizio (${type})`,
    'dct:format': { '@id': `http://publications.europa.eu/resource/authority/file-type/${type}` },
    'dcat:mediaType': media,
    'dcat:accessURL': { '@id': `${url}/open-data` },
    'dcat:downloadURL': { '@id': `${url}/open-data/${file}` },
    'dct:license': LICENSE,
  });
  return {
    '@context': {
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      dcatapit: 'http://dati.gov.it/onto/dcatapit#',
      foaf: 'http://xmlns.com/foaf/0.1/',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
    },
    '@id': `${url}/open-data/catalogo.jsonld`,
    '@type': ['dcat:Catalog', 'dcatapit:Catalog'],
    'dct:title': `Dati aperti dello sportello digitale · ${body}`,
    'dct:description': 'Gli indicatori del servizio di assistenza digitale.',
    'dct:publisher': agent,
    'dct:modified': { '@type': 'xsd:date', '@value': today },
    'dct:language': ITALIAN,
    'foaf:homepage': { '@id': `${url}/open-data` },
    'dcat:dataset': [
      {
        '@id': `${url}/open-data#indicatori`,
        '@type': ['dcat:Dataset', 'dcatapit:Dataset'],
        'dct:identifier': 'sportello-indicatori',
        'dct:title': 'Indicatori mensili del servizio di assistenza digitale',
        'dct:description':
          'Conversazioni, domande con e senza risposta, richieste risolte senza una persona e verificate, attese, abbandoni e valutazioni, mese per mese.',
        'dcat:theme': { '@id': 'http://publications.europa.eu/resource/authority/data-theme/GOVE' },
        'dct:accrualPeriodicity': { '@id': 'http://publications.europa.eu/resource/authority/frequency/MONTHLY' },
        'dct:modified': { '@type': 'xsd:date', '@value': today },
        'dct:rightsHolder': agent,
        'dct:publisher': agent,
        'dct:language': ITALIAN,
        'dcat:distribution': [
          distribution('indicatori.csv', 'CSV', 'text/csv'),
          distribution('indicatori.json', 'JSON', 'application/json'),
        ],
      },
    ],
  };
}

const ITALIAN = { '@id': 'http://publications.europa.eu/resource/authority/language/ITA' };
const LICENSE = {
  '@id': 'https://creativecommons.org/licenses/by/4.0/',
  '@type': ['dct:LicenseDocument', 'dcatapit:LicenseDocument'],
  'foaf:name': 'Creative Commons Attribuzione 4.0 (CC BY 4.0)',
};
