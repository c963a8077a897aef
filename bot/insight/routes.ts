/** The supervisors' figures and the public's, over REST. */
import { type Route, type RouteReply, type Role, Refusal } from '../http/route.ts';
import { insight, type InsightParts } from './insight.ts';
import { catalogue } from './open-data.ts';
import { readPeriod } from './period.ts';
import { type FigureTable, toCsv } from './table.ts';

const READERS: Role[] = ['supervisor', 'administrator'];
export interface InsightRouteParts extends InsightParts {
  today(): string;
  bodyName(): string;
  publicFigures(): Promise<FigureTable>;
}

export function insightRoutes(parts: InsightRouteParts): Route[] {
  const open = { method: 'get', permission: 'public' } as const;
  return [
    {
      method: 'get',
      path: '/api/insight',
      permission: READERS,
      summary:
        'Figures of a period (?from&to, days, both included; default the last 30): volumes, outcomes, containment, waits, marks, gaps',
      handle: async ({ query }) => ({ status: 200, body: await insight(parts, readPeriod(query, parts.today())) }),
    },
    {
      method: 'get',
      path: '/api/insight/:table',
      permission: READERS,
      summary: 'One table of the figures as CSV, `/api/insight/canali.csv?from&to`',
      async handle({ params, query }) {
        const name = /^([a-z-]+)\.csv$/.exec(params['table'] ?? '')?.[1];
        const { tables } = await insight(parts, readPeriod(query, parts.today()));
        const table = tables.find((one) => one.name === name);
        if (!table) throw new Refusal(404, 'NotFound', `Le tabelle sono: ${tables.map((one) => `${one.name}.csv`).join(', ')}.`);
        return csv(table, `${table.name}.csv`);
      },
    },
    {
      ...open,
      path: '/open-data/:file',
      summary: 'Monthly figures: indicatori.csv, indicatori.json, and their DCAT-AP_IT description catalogo.jsonld',
      async handle({ params, origin }) {
        const file = params['file'];
        if (file === 'indicatori.csv') return csv(await parts.publicFigures(), file);
        if (file === 'indicatori.json') {
          const { columns, rows } = await parts.publicFigures();
          const objects = rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null])));
          return { status: 200, headers: OPEN, body: { indicatori: objects } };
        }
        if (file === 'catalogo.jsonld')
          return {
            status: 200,
            headers: { ...OPEN, 'content-type': 'application/ld+json; charset=utf-8' },
            body: JSON.stringify(catalogue(origin, parts.bodyName(), parts.today())),
          };
        throw new Refusal(404, 'NotFound', 'I file sono indicatori.csv, indicatori.json e catalogo.jsonld.');
      },
    },
  ];
}

/** Anybody's page may read them. */
const OPEN = { 'access-control-allow-origin': '*' };

function csv(table: FigureTable, name: string): RouteReply {
  return {
    status: 200,
    headers: { ...OPEN, 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}"` },
    body: toCsv(table),
  };
}
