/** Bars in SVG of our own: sizes as attributes, colours in the style sheet, since the page's policy allows no inline styles. The table below says the same in words. */
import { nothing, svg, html, type TemplateResult } from 'lit';
import { type FigureTable, written } from './types.ts';

const HEIGHT = 180;
const FOOT = 26;
const HEAD = 18;
/** Few labels are told apart by name, many by standing in a row. */
const LYING_UP_TO = 12;
const ROW = 30;
const NAMES = 210;
const WIDE = 720;

export function plot(table: FigureTable): TemplateResult | typeof nothing {
  const shape = table.plot;
  if (!shape || table.rows.length === 0) return nothing;
  const values = (row: FigureTable['rows'][number]) => shape.bars.map((column) => Math.max(0, Number(row[column] ?? 0)));
  const sizes = table.rows.map((row) => (shape.stacked ? values(row).reduce((sum, n) => sum + n, 0) : Math.max(...values(row))));
  const most = Math.max(...sizes);
  if (most === 0) return nothing;
  const described = table.rows.map(
    (row) =>
      `${row[shape.label]}: ${shape.bars.map((column) => written(row[column] ?? null, table.columns[column]?.name ?? '')).join(', ')}`,
  );
  const label = `Grafico. ${table.title}. ${described.slice(0, 12).join('; ')}${described.length > 12 ? '; il resto nella tabella' : ''}.`;
  const drawing =
    table.rows.length <= LYING_UP_TO || typeof table.rows[0]?.[shape.label] !== 'string' || !isRow(table)
      ? lying(table, most)
      : standing(table, most);
  return html`${
    shape.bars.length > 1
      ? html`<p class="legend">${shape.bars.map((column, i) => html`<span class="key k${i}"></span>${table.columns[column]?.title} `)}</p>`
      : nothing
  }<div class="plot" tabindex="0" role="img" aria-label=${label}>${drawing}</div>`;
}

/** Days and hours follow one another; channels and topics do not. */
const isRow = (table: FigureTable): boolean => table.name === 'giorni' || table.name === 'ore' || table.name === 'indicatori';

function standing(table: FigureTable, most: number): TemplateResult {
  const column = table.plot?.bars[0] ?? 1;
  const step = WIDE / table.rows.length;
  const every = Math.ceil(table.rows.length / 10);
  return html`<svg viewBox="0 0 ${WIDE} ${HEIGHT + FOOT + HEAD}" aria-hidden="true">
    ${svg`<line class="axis" x1="0" x2=${WIDE} y1=${HEIGHT + HEAD} y2=${HEIGHT + HEAD}></line><text x="0" y="12">massimo ${most.toLocaleString('it-IT')}</text>`}
    ${table.rows.map((row, i) => {
      const height = (Number(row[column] ?? 0) / most) * HEIGHT;
      const name = String(row[0]);
      return svg`<rect class="k0" x=${i * step + step * 0.1} y=${HEIGHT + HEAD - height} width=${step * 0.8} height=${height}><title>${name}: ${row[column]}</title></rect>
      ${i % every === 0 ? svg`<text class="foot" x=${i * step} y=${HEIGHT + HEAD + 18}>${name.length === 10 ? `${name.slice(8)}/${name.slice(5, 7)}` : name}</text>` : nothing}`;
    })}</svg>`;
}

function lying(table: FigureTable, most: number): TemplateResult {
  const { bars = [], stacked = false, label = 0 } = table.plot ?? {};
  const room = WIDE - NAMES - 90;
  const lines = stacked ? 1 : bars.length;
  const row = Math.max(ROW, lines * 18 + 8);
  return html`<svg viewBox="0 0 ${WIDE} ${table.rows.length * row}" aria-hidden="true">${table.rows.map((cells, i) => {
    let x = NAMES;
    const name = String(cells[label] ?? '');
    const pieces = bars.map((column, k) => {
      const value = Number(cells[column] ?? 0);
      const width = (value / most) * room;
      const piece = svg`<rect class="k${k}" x=${x} y=${i * row + 4 + (stacked ? 0 : k * 18)} width=${width} height=${stacked ? row - 10 : 16}><title>${name}, ${table.columns[column]?.title}: ${value}</title></rect>
        ${stacked ? nothing : svg`<text x=${x + width + 6} y=${i * row + 17 + k * 18}>${written(cells[column] ?? null, table.columns[column]?.name ?? '')}</text>`}`;
      if (stacked) x += width;
      return piece;
    });
    const total = stacked ? bars.reduce((sum, column) => sum + Number(cells[column] ?? 0), 0) : 0;
    return svg`<text class="name" x="0" y=${i * row + 18}>${name.length > 30 ? `${name.slice(0, 29)}…` : name}</text>${pieces}${stacked ? svg`<text x=${x + 6} y=${i * row + 19}>${total.toLocaleString('it-IT')}</text>` : nothing}`;
  })}</svg>`;
}
