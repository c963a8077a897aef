/** The source behind a quotation: the stored version's whole text, byte for byte, with a place for each passage. */
import type { StoredVersion } from '../../../knowledge/documents/document.ts';
import { type Html, html } from '../../pages/shared/html.ts';
import { foot } from './document.ts';

export function sourcePage(stored: StoredVersion, today: string, style: string, bodyName: string): Html {
  const state = stateOf(stored, today);
  return html`<html lang="${stored.lang}"><head><meta charset="utf-8"><title>${stored.title} · ${bodyName}</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/${style}"></head><body><header class="slim">${bodyName} · <a href="/">Fai una domanda</a></header><main><h1>${stored.title}</h1>
${state ? html`<p class="band">${state}</p>` : null}
<p class="facts">${facts(stored)}${stored.sourceUrl ? html` · <a href="${safe(stored.sourceUrl)}" rel="noopener">Documento originale</a>` : null}</p>
<div class="stored">${pieces(stored)}</div></main>${foot('it')}</body></html>`;
}

function facts({ version, office, validFrom, validUntil, updatedOn }: StoredVersion): string {
  return [
    `Versione ${version}`,
    office,
    `aggiornata il ${updatedOn}`,
    validFrom ? `in vigore dal ${validFrom}` : '',
    validUntil ? `fino al ${validUntil}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function stateOf({ status, validFrom, validUntil }: StoredVersion, today: string): string | null {
  if (status === 'withdrawn') return 'Questo testo è stato ritirato: non vale più.';
  if (status === 'superseded') return 'Questo testo è stato sostituito da una versione più recente.';
  if (validUntil && validUntil < today) return `Questo testo non è più in vigore dal ${validUntil}.`;
  return validFrom && validFrom > today ? `Questo testo entra in vigore il ${validFrom}.` : null;
}

/** Text between passages (titles, blank lines) stays as it is: the page's text is the stored text. Passages never overlap. */
function pieces(stored: StoredVersion): Html[] {
  const parts: Html[] = [];
  let at = 0;
  const between = (to: number) => to > at && parts.push(html`<span class="title">${stored.text.slice(at, to)}</span>`);
  for (const passage of [...stored.passages].sort((a, b) => a.start - b.start)) {
    if (passage.start < at) continue;
    between(passage.start);
    parts.push(html`<span id="${passage.anchor}" tabindex="-1">${inside(stored, passage)}</span>`);
    at = passage.end;
  }
  between(stored.text.length);
  return parts;
}

/** The text of a passage, with a place for each one that was joined into it. */
function inside({ text, formerAnchors = [] }: StoredVersion, { start, end }: { start: number; end: number }): Html[] {
  const parts: Html[] = [];
  let at = start;
  for (const former of formerAnchors.filter((place) => place.start > start && place.start < end)) {
    parts.push(html`${text.slice(at, former.start)}<span id="${former.anchor}"></span>`);
    at = former.start;
  }
  return [...parts, html`${text.slice(at, end)}`];
}

function safe(url: string): string {
  return /^https?:\/\//.test(url) ? url : '#';
}
