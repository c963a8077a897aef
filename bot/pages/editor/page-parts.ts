/** Pieces of the page editor that only show. */
import { html, nothing, type TemplateResult } from 'lit';
import { CHECK_NAMES, type Checks, dayInWords, type Failed, type Passage, type Passages, VERSION_STATES, type Version } from './types.ts';

export function passagesOf(read: Passages, page: string): TemplateResult {
  return html`<ol class="passages" tabindex="0" role="list" aria-label="Passaggi">${read.passages.map(
    (passage) =>
      html`<li class="card"><p class="quiet">${passage.headings.join(' › ') || 'Inizio'} · leggibilità ${passage.gulpease}</p><p class="quoted">${passage.text}</p>
      ${placesOf(read, passage, page)}</li>`,
  )}</ol>`;
}

const WORDS_SOUGHT = 8;

/** To the same words where citizens read them, and on the site they came from: browsers scroll to a text fragment. */
function placesOf({ version, status, sourceUrl }: Passages, { anchor, text }: Passage, page: string): TemplateResult | typeof nothing {
  const original = sourceUrl && /^https?:/.test(sourceUrl) ? sourceUrl.replace(/#.*$/, '') : null;
  const sought = text.split(/\s+/).filter(Boolean).slice(0, WORDS_SOUGHT).join(' ');
  const away = html`<span class="visually-hidden"> in un’altra scheda</span>`;
  const stored =
    status === 'draft'
      ? nothing
      : html`<a href="/sources/${encodeURIComponent(page)}/${version}#${anchor}" target="_blank" rel="noopener">Come lo leggono i cittadini${away}</a>`;
  if (!original) return status === 'draft' ? nothing : html`<p class="acts">${stored}</p>`;
  // The dash means something of its own there.
  const fragment = encodeURIComponent(sought).replaceAll('-', '%2D');
  return html`<p class="acts">${stored}<a href="${original}#:~:text=${fragment}" target="_blank" rel="noopener">Nell’originale${away}</a></p>`;
}

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
