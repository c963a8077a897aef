/** One message: the citizen's own, or an answer with its sources and the question whether it was useful. */
import { html, nothing, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Activity, Claim } from '../shared/directline.ts';
import { renderMarkdown } from '../shared/markdown.ts';
import type { Words } from '../shared/words.ts';

export interface Entry {
  id: string;
  clientId?: string;
  own: boolean;
  state: 'sending' | 'sent' | 'failed';
  activity: Activity;
  voted?: 'up' | 'down';
  /** A reason was given, or none is needed. */
  told?: boolean;
}

/** What is sent for a line of the citizen's; `under`: the reply whose button was pressed. */
export const saying = (text: string, clientActivityID: string, under?: string): Activity => ({
  type: 'message',
  text,
  ...(under ? { value: { under } } : {}),
  channelData: { clientActivityID },
});

export function ownMessage(entry: Entry, t: Words, retry: () => void): TemplateResult {
  return html`<li class="own">
    <p class="who">${t.you}</p>
    <div class="bubble"><p>${entry.activity.text}</p></div>
    ${entry.state === 'sending' ? html`<p class="state">${t.sending}</p>` : nothing}
    ${entry.state === 'failed' ? html`<p class="state failed" role="alert">${t.failed} <button type="button" @click=${retry}>${t.retry}</button></p>` : nothing}
  </li>`;
}

export function botMessage(entry: Entry, t: Words, vote: (vote: 'up' | 'down', text?: string) => void): TemplateResult {
  const { activity } = entry;
  const claims = activity.entities?.flatMap((entity) => entity.citation ?? []) ?? [];
  const prefix = `fonte-${entry.id}-`;
  // Our own renderer escapes every character of the source and knows a closed list of tags.
  const body = renderMarkdown(activity.text ?? '', {
    marks: new Set(claims.map((claim) => claim.position)),
    markPrefix: prefix,
    markLabel: t.source,
  });
  const person = activity.channelData?.sportello?.speaker === 'agent';
  const answered = activity.channelData?.sportello?.outcome === 'answered';
  return html`<li class="bot" lang=${activity.locale ?? 'it'}>
    <p class="who">${person ? (activity.from?.name ?? t.bot) : t.bot}</p>
    <div class="bubble">${unsafeHTML(body)}</div>
    ${claims.length > 0 ? html`<section class="sources"><h2>${t.sources}</h2>${claims.map((claim) => source(claim, prefix, t))}</section>` : nothing}
    ${answered ? opinion(entry, t, vote) : nothing}
  </li>`;
}

function source(claim: Claim, prefix: string, t: Words): TemplateResult {
  const { name, url, headline, dateModified, validFrom } = claim.appearance;
  const dates = [dateModified ? `${t.updated} ${dayOf(dateModified)}` : '', validFrom ? `${t.validFrom} ${dayOf(validFrom)}` : '']
    .filter(Boolean)
    .join(', ');
  return html`<article class="source" id=${`${prefix}${claim.position}`} tabindex="-1">
    <p><b>[${claim.position}] ${name}</b>${headline && headline !== name ? html` › ${headline}` : nothing}</p>
    <blockquote>${claim.text}</blockquote>
    <p class="dates">${dates}</p>
    <a href=${safeUrl(url)} target="_blank" rel="noopener">${t.openSource}</a>
  </article>`;
}

function opinion(entry: Entry, t: Words, vote: (vote: 'up' | 'down', text?: string) => void): TemplateResult {
  if (entry.told) return html`<p class="opinion" role="status">${t.thanks}</p>`;
  if (entry.voted === 'down') {
    const reasons = [t.reason1, t.reason2, t.reason3, t.reason4, t.reason5];
    return html`<fieldset class="opinion reasons"><legend>${t.whatWentWrong}</legend>${reasons.map((reason) => html`<button type="button" @click=${() => vote('down', reason)}>${reason}</button>`)}</fieldset>`;
  }
  return html`<p class="opinion"><span>${t.useful}</span>
    <button type="button" @click=${() => vote('up')}>${t.yes}</button>
    <button type="button" @click=${() => vote('down')}>${t.no}</button></p>`;
}

function safeUrl(url: string): string {
  return /^(?:https?:\/\/|\/)/.test(url) ? url : '#';
}

/** 2026-10-05 → 5 ottobre 2026, in the page's language. */
function dayOf(day: string): string {
  const date = new Date(`${day.slice(0, 10)}T12:00:00Z`);
  return Number.isNaN(date.getTime())
    ? day
    : new Intl.DateTimeFormat(document.documentElement.lang || 'it', { day: 'numeric', month: 'long', year: 'numeric' }).format(date);
}

/** Titles come as Markdown text: a button shows them plainly. */
export function unescaped(title: string): string {
  return title.replace(/\\([\\`*_[\]<>])/g, '$1');
}
