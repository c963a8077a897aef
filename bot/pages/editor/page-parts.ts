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

export function diffOf(lines: { kind: 'same' | 'added' | 'removed'; text: string }[]): TemplateResult {
  const shown = lines.map((line, i) => ({ ...line, near: lines.slice(Math.max(0, i - 2), i + 3).some(({ kind }) => kind !== 'same') }));
  if (lines.every(({ kind }) => kind === 'same')) return html`<p>I testi sono uguali.</p>`;
  return html`<div class="diff" role="group" aria-label="Differenze">${shown
    .filter(({ near }) => near)
    .map(({ kind, text }) =>
      kind === 'added'
        ? html`<ins><span class="visually-hidden">Aggiunto: </span>${text || ' '}</ins>`
        : kind === 'removed'
          ? html`<del><span class="visually-hidden">Tolto: </span>${text || ' '}</del>`
          : html`<span>${text || ' '}</span>`,
    )}</div>`;
}

export function versionLine({ version, status, publishedAt, createdAt, author, reviewer, validFrom }: Version): TemplateResult {
  return html`<strong>Versione ${version}</strong> <span class="tag" data-state=${status}>${VERSION_STATES[status] ?? status}</span>
    <span class="quiet">${publishedAt ? `pubblicata il ${dayInWords(publishedAt)}` : `scritta il ${dayInWords(createdAt)}`}${author ? ` · ${author}` : ''}${reviewer ? ` · riletta da ${reviewer}` : ''}${validFrom ? ` · in vigore dal ${dayInWords(validFrom)}` : ''}</span>`;
}
