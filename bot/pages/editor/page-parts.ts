/** Pieces of the page editor that only show. */
import { html, nothing, type TemplateResult } from 'lit';
import { CHECK_NAMES, type Checks, dayInWords, type Failed, VERSION_STATES, type Version } from './types.ts';

export function checksOf({ gulpease, phrases, longSentences, complete, past }: Checks): TemplateResult {
  const level =
    gulpease < 40 ? 'difficile per molte persone' : gulpease < 50 ? 'da semplificare' : gulpease < 60 ? 'accettabile' : 'facile';
  return html`<p><label>Leggibilità (indice Gulpease): ${gulpease}, ${level}<meter min="0" max="100" low="40" high="60" optimum="100" .value=${gulpease}>${gulpease}</meter></label></p>
    ${listOf(
      'Parole d’ufficio',
      phrases.map(({ said, instead }) => html`«${said}» → <strong>${instead}</strong>`),
    )}
    ${listOf(
      'Frasi lunghe',
      longSentences.map((sentence) => html`${sentence}`),
    )}
    ${listOf(
      'Date passate',
      past.map(({ said, around }) => html`«${said}»: … ${around} …`),
    )}
    ${
      complete
        ? html`<p>Scheda del servizio: ${complete.present} voci su 13.${complete.missing.length > 0 ? html` Mancano: ${complete.missing.join(', ')}.` : nothing}</p>`
        : nothing
    }`;
}

function listOf(title: string, items: TemplateResult[]): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  return html`<details><summary>${title} (${items.length})</summary><ul class="plain">${items.map((item) => html`<li>${item}</li>`)}</ul></details>`;
}

export function failedOf(failed: Failed[]): TemplateResult {
  return html`<ul class="failed">${failed.map(
    ({ check, question, detail }) =>
      html`<li><strong>${CHECK_NAMES[check]}</strong>${question ? html`: «${question}»` : nothing}<br>${detail}</li>`,
  )}</ul>`;
}

type Line = { kind: 'same' | 'added' | 'removed'; text: string };
const NEAR = 2;

/** Before and after side by side, with two lines around each change; on a narrow page one under the other. */
export function diffOf(lines: Line[]): TemplateResult {
  if (lines.every(({ kind }) => kind === 'same')) return html`<p>I testi sono uguali.</p>`;
  const near = lines.map((_, i) => lines.slice(Math.max(0, i - NEAR), i + NEAR + 1).some(({ kind }) => kind !== 'same'));
  const rows = sideBySide(lines.filter((_, i) => near[i]));
  const cell = (line: Line | null, side: 'before' | 'after') => {
    if (!line) return html`<td class="none"></td>`;
    if (line.kind === 'same') return html`<td class=${side}>${line.text || ' '}</td>`;
    return side === 'before'
      ? html`<td><del><span class="visually-hidden">Tolto: </span>${line.text || ' '}</del></td>`
      : html`<td><ins><span class="visually-hidden">Aggiunto: </span>${line.text || ' '}</ins></td>`;
  };
  return html`<table class="diff"><caption class="visually-hidden">Differenze</caption><thead><tr><th scope="col">Prima</th><th scope="col">Dopo</th></tr></thead>
    <tbody>${rows.map(([before, after]) => html`<tr>${cell(before, 'before')}${cell(after, 'after')}</tr>`)}</tbody></table>`;
}

/** What was taken out stands beside what was put in its place. */
function sideBySide(lines: Line[]): [before: Line | null, after: Line | null][] {
  const rows: [Line | null, Line | null][] = [];
  let open = rows.length;
  for (const line of lines) {
    if (line.kind === 'same') {
      rows.push([line, line]);
      open = rows.length;
    } else if (line.kind === 'removed') rows.push([line, null]);
    else {
      while (open < rows.length && rows[open]?.[1]) open++;
      const row = rows[open];
      if (row) row[1] = line;
      else rows.push([null, line]);
    }
  }
  return rows;
}

export function versionLine({ version, status, publishedAt, createdAt, author, reviewer, validFrom }: Version): TemplateResult {
  return html`<strong>Versione ${version}</strong> <span class="tag" data-state=${status}>${VERSION_STATES[status] ?? status}</span>
    <span class="quiet">${publishedAt ? `pubblicata il ${dayInWords(publishedAt)}` : `scritta il ${dayInWords(createdAt)}`}${author ? ` · ${author}` : ''}${reviewer ? ` · riletta da ${reviewer}` : ''}${validFrom ? ` · in vigore dal ${dayInWords(validFrom)}` : ''}</span>`;
}
