/** The pieces of the desk as markup: the queue's list, what was said, what is known. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Me } from '../shared/staff-api.ts';
import { renderMarkdown } from '../shared/markdown.ts';
import {
  CHANNELS,
  callTime,
  type Cited,
  dayInWords,
  DELIVERY,
  type Listed,
  OUTCOMES,
  type Packet,
  promised,
  type Said,
  since,
  STATES,
  type Suggestion,
} from './types.ts';

const SPEAKERS = { citizen: 'Cittadino', bot: 'Assistente automatico', agent: '' };

/** Kept by id, so that one request more moves the others and draws none of them anew. */
export function queueList(list: Listed[], current: string | undefined, open: (id: string) => void): TemplateResult {
  if (list.length === 0) return html`<p class="empty">Nessuno aspetta. Le nuove richieste compaiono qui da sole.</p>`;
  const item = (one: Listed) => listItem(one, one.id === current, () => open(one.id));
  return html`<ol>${repeat(list, ({ id }) => id, item)}</ol>`;
}

function listItem(one: Listed, current: boolean, open: () => void): TemplateResult {
  const due = promised(one);
  const last = one.request.text?.split('\n').at(-1) ?? '';
  return html`<li><button aria-current=${current ? 'true' : 'false'} @click=${open}>
    <span class="line"><strong>n. ${one.number}</strong><span class="quiet">${since(one.createdAt)}</span></span>
    <span class="said">${last || 'nessun messaggio'}</span>
    <span class="line quiet"><span>${STATES[one.state] ?? one.state}${one.agent && one.state === 'accepted' ? ` · ${one.agent.name}` : ''}</span><span>${one.office ?? 'ogni ufficio'} · ${CHANNELS[one.channel] ?? one.channel}${one.lang && one.lang !== 'it' ? ` · ${one.lang}` : ''}</span></span>
    ${one.callAt && one.state === 'requested' ? html`<span class=${Date.parse(one.callAt) < Date.now() ? 'late' : 'quiet'}>richiamare ${callTime(one.callAt)}${one.agent ? ` · ${one.agent.name}` : ''}</span>` : nothing}${due && !one.callAt ? html`<span class=${due.late ? 'late' : 'quiet'}>${due.words}</span>` : nothing}
  </button></li>`;
}

/** Our own Markdown escapes everything it does not know (shared/markdown.ts): what people wrote never becomes markup. */
const words = (text: string): TemplateResult => html`${unsafeHTML(renderMarkdown(text))}`;

export function said(one: Said): TemplateResult {
  const time = one.at ? new Date(one.at).toLocaleTimeString('it-IT', { hour: '2-digit', minute: '2-digit' }) : '';
  return html`<li class=${one.role}><span class="quiet">${SPEAKERS[one.role] || one.name} ${time}${one.delivery ? ` · ${DELIVERY[one.delivery.status] ?? one.delivery.status}${one.delivery.error ? ` (${one.delivery.error})` : ''}` : ''}</span>${words(one.text)}
    ${one.attachments.map((file) => html`<p><a href=${file.url} target="_blank" rel="noopener">${file.name}</a></p>`)}${sources(one.citations)}</li>`;
}

export function sources(citations: Cited[]): TemplateResult | typeof nothing {
  if (citations.length === 0) return nothing;
  return html`<details><summary>${citations.length === 1 ? '1 fonte' : `${citations.length} fonti`}</summary>${citations.map(
    (one) =>
      html`<p>[${one.position}] <a href=${one.url} target="_blank" rel="noopener">${one.title}</a></p><blockquote>${one.quote}</blockquote>`,
  )}</details>`;
}

export function suggested(one: Suggestion, use: () => void, drop: () => void): TemplateResult {
  const good = one.outcome === 'answered';
  return html`<section class="suggestion" aria-label="Risposta suggerita"><p><strong>${good ? 'Risposta suggerita, con le sue fonti' : 'Nessuna risposta sicura nei documenti'}</strong> <span class="quiet">per «${one.question}»</span></p>
    ${words(one.text)}${sources(one.citations)}
    <div class="row">${good ? html`<button type="button" @click=${use}>Usa e modifica</button>` : nothing}<button type="button" class="plain" @click=${drop}>Chiudi</button></div></section>`;
}

/** An answer of the assistant that goes out only with an agent's yes. */
export function approval(packet: Packet, approve: (text: string | null) => void): TemplateResult | typeof nothing {
  const { proposed } = packet;
  if (!proposed) return nothing;
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const text = String(new FormData(event.target as HTMLFormElement).get('text')).trim();
    approve(text === proposed.text.trim() ? null : text);
  };
  return html`<form class="suggestion approval" aria-label="Risposta da approvare" @submit=${send}><p><strong>Risposta da approvare</strong> <span class="quiet">il cittadino la riceve solo se la approvi</span></p>
    ${words(proposed.text)}${sources(proposed.citations)}
    <details><summary>Modifica prima di inviare</summary><label>Testo<textarea name="text" rows="6" maxlength="4000" .value=${proposed.text}></textarea></label></details>
    <div class="row"><button class="primary">Approva e invia</button></div></form>`;
}

const OPEN_FORMS: Record<string, string> = { book: 'Prenotazione', move: 'Spostamento', cancel: 'Disdetta' };

/** How the appointment stands that was put before the citizen. */
export function standing({ standing: one }: Packet): TemplateResult | typeof nothing {
  if (!one) return nothing;
  // The office's clock, wherever the agent's own stands.
  const when = one.start ? `${dayInWords(one.start)}, ${one.start.slice(11, 16)}` : '';
  const how =
    one.stage === 'unknown'
      ? 'inviata, l’agenda non ha ancora risposto'
      : one.stage === 'confirming'
        ? 'il cittadino ha tutto davanti e deve confermare'
        : 'il modulo chiede al cittadino quello che manca';
  return html`<p class="standing" role="status"><strong>${OPEN_FORMS[one.form] ?? 'Appuntamento'}${when ? ` · ${when}` : ''}</strong><br>${how}</p>`;
}

export function known(packet: Packet): TemplateResult {
  const row = (name: string, value: string | null | undefined) => (value ? html`<dt class="quiet">${name}</dt><dd>${value}</dd>` : nothing);
  return html`<div><h2>Che cosa sappiamo</h2><p><span class="tag">sintesi automatica</span> ${packet.summary}</p></div>
    <dl>${row('Stato', STATES[packet.state] ?? packet.state)}${row('Ufficio', packet.office ?? 'ogni ufficio')}${row('Canale', CHANNELS[packet.channel] ?? packet.channel)}
    ${row('Lingua', packet.lang)}${row('Nome', [packet.request.name, packet.request.surname].filter(Boolean).join(' '))}${row('Categoria', packet.request.category)}${row('Servizio', packet.request.service)}${row('Recapito', packet.request.contact)}${row('Identità', identityOf(packet))}${row('Chi la segue', packet.agent?.name)}${row('Esito', packet.outcome ? OUTCOMES[packet.outcome] : null)}</dl>`;
}

/** The level is the provider's own: 2 = SPID level 2. */
const identityOf = ({ identity, level }: Packet): string =>
  level !== null ? `accesso fatto, livello ${level}` : identity === 'verified' ? 'ha fatto l’accesso in passato' : 'non verificata';

type Submit = (event: SubmitEvent, path: string, read: (data: FormData) => object) => void;

/** What colleagues know of the conversation, and one more line of it; a supervisor's may be for the agent's eyes alone. */
export function notes(packet: Packet, me: Me, submit: Submit): TemplateResult {
  return html`<div><h2>Note interne</h2>${packet.notes.map((note) => html`<p class=${note.kind}>${note.text}<br><span class="quiet">${note.kind === 'whisper' ? `${note.author}, solo per te` : note.author}</span></p>`)}
        <form @submit=${(event: SubmitEvent) => submit(event, 'notes', (data) => ({ text: String(data.get('text')), whisper: data.get('whisper') === 'on' }))}><label>Nuova nota (@Nome chiama un collega)<textarea name="text" rows="2" required maxlength="4000"></textarea></label>
        ${me.role === 'agent' ? nothing : html`<label class="check"><input type="checkbox" name="whisper">Suggerimento a chi segue la conversazione</label>`}<button>Aggiungi nota</button></form></div>`;
}

/** To a colleague or an office, or closed. */
export function endings(packet: Packet, me: Me, submit: Submit): TemplateResult {
  const offices = [...new Set(packet.colleagues.map(({ office }) => office).filter((office) => office !== null))];
  return html`<form @submit=${(event: SubmitEvent) => submit(event, 'transfer', (data) => ({ to: String(data.get('to')) }))}><label>Passa a<select name="to" required><option value="">Scegli…</option>
        ${packet.colleagues.filter(({ id }) => id !== me.id).map((one) => html`<option value=${one.id}>${one.name}${one.office ? ` (${one.office})` : ''}${one.present ? ' · presente' : ''}</option>`)}
        ${offices.map((office) => html`<option value=${office}>Ufficio ${office}</option>`)}</select></label><button>Passa</button></form>
      <form @submit=${(event: SubmitEvent) => submit(event, 'close', (data) => ({ outcome: String(data.get('outcome')), topic: String(data.get('topic') ?? '') || null }))}>
        <label>Esito<select name="outcome">${Object.entries(OUTCOMES).map(([value, title]) => html`<option value=${value}>${title}</option>`)}</select></label>
        <label>Argomento<input name="topic" maxlength="120"></label><button>Chiudi la conversazione</button></form>`;
}
