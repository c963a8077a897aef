/** A notice is written, looked at as citizens will read it with how many it reaches, and only then published. */
import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { SettingsView } from '../settings/view.ts';
import { channelName, day, LANGUAGES, type Preview, TYPES, type Type } from './types.ts';

interface Draft {
  kind: string;
  urgent: boolean;
  text: string;
  texts: Record<string, string>;
  source: { title: string; url: string };
  topic: string;
  from?: string;
  until: string | null;
}

class WriteView extends SettingsView {
  static override properties = { type: { state: true }, asked: { state: true }, draft: { state: true }, preview: { state: true } };
  declare type: Type;
  /** Topics that citizens asked for; null = not read yet. */
  declare asked: Preview['topics'] | null;
  /** Waits for the last look. */
  declare draft: Draft | null;
  declare preview: Preview | null;

  constructor() {
    super();
    this.type = 'alert';
    this.asked = null;
    this.draft = null;
    this.preview = null;
  }

  protected async load(): Promise<void> {
    this.asked = (await api<Preview>('POST', '/api/notices/preview', { topic: '' })).topics;
  }

  private async look(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const said = (name: string) => String(data.get(name) ?? '').trim();
    const texts = Object.keys(LANGUAGES).flatMap((code) => (said(`text-${code}`) ? [[code, said(`text-${code}`)] as const] : []));
    const draft: Draft = {
      kind: this.type === 'crisis' ? 'alert' : this.type,
      urgent: this.type === 'crisis',
      text: said('text'),
      texts: Object.fromEntries(texts),
      source: { title: said('title'), url: said('url') },
      topic: said('topic'),
      ...(said('from') ? { from: new Date(said('from')).toISOString() } : {}),
      until: said('until') ? new Date(said('until')).toISOString() : null,
    };
    await this.attempt(async () => {
      this.preview = await api<Preview>('POST', '/api/notices/preview', { topic: draft.topic });
      this.draft = draft;
    });
    await this.updateComplete;
    this.querySelector<HTMLElement>('.look h2')?.focus();
  }

  private async publish(): Promise<void> {
    const { draft } = this;
    if (!draft) return;
    const sent = await this.attempt(async () => {
      await api('POST', '/api/notices', draft);
    });
    if (!sent) return;
    this.say(draft.kind === 'campaign' ? 'Pubblicata: parte nelle ore in cui si scrive.' : 'Pubblicato: i cittadini lo leggono da subito.');
    this.draft = null;
    this.querySelector('form')?.reset();
    this.go('inviati');
  }

  private lastLook(draft: Draft, preview: Preview): TemplateResult {
    return html`<section class="card look"><h2 tabindex="-1">Anteprima</h2><p><span class="tag">${TYPES[this.type].title}</span> ${draft.from ? `dal ${day(draft.from)}` : 'da subito'}${draft.until ? ` al ${day(draft.until)}` : ''}</p>
      <blockquote>${draft.text}</blockquote>${draft.source.url ? html`<p>Fonte: <a href=${draft.source.url} target="_blank" rel="noopener">${draft.source.title}</a></p>` : nothing}
      ${this.missing(draft, preview)}
      ${draft.kind === 'campaign' ? nothing : html`<p>Ogni conversazione lo legge una volta: dopo il saluto, o prima della risposta successiva.${this.type === 'crisis' ? ' Il sito lo mostra in cima alla pagina.' : ''}</p>`}
      ${this.reach(preview)}
      <div class="line-of-buttons"><button class="primary" @click=${this.publish}>Pubblica</button><button @click=${() => {
        this.draft = null;
      }}>Torna a scrivere</button></div></section>`;
  }

  private reach(preview: Preview): TemplateResult {
    if (preview.total === 0) return html`<p>Nessuno ha chiesto queste notizie: non si scrive a nessuno.</p>`;
    return html`<p>Si scrive a <strong>${preview.total}</strong> ${preview.total === 1 ? 'conversazione che ha' : 'conversazioni che hanno'} detto sì alle notizie.</p>
      <div class="scroll" tabindex="0" role="region" aria-label="A chi si scrive, per canale"><table><thead><tr><th scope="col">Canale</th><th scope="col">Hanno detto sì</th><th scope="col">Ci hanno bloccato</th><th scope="col">Solo con un modello</th></tr></thead>
      <tbody>${preview.channels.map((one) => html`<tr><th scope="row">${channelName(one.channel)}</th><td>${one.agreed}</td><td>${one.blocked}</td><td>${one.outsideWindow}</td></tr>`)}</tbody></table></div>`;
  }

  /** Languages somebody is written to in, without words of their own. */
  private missing(draft: Draft, preview: Preview): TemplateResult | typeof nothing {
    const without = preview.languages.filter(({ lang }) => lang !== 'it' && !draft.texts[lang]);
    if (without.length === 0) return nothing;
    return html`<p class="band">In italiano anche per chi legge in ${without.map(({ lang, agreed }) => `${LANGUAGES[lang] ?? lang} (${agreed})`).join(', ')}: puoi aggiungere la traduzione.</p>`;
  }

  protected override render(): TemplateResult {
    const { asked, type, draft, preview } = this;
    if (asked === null) return html`<h1 tabindex="-1">Scrivi un avviso</h1>${this.waiting()}`;
    const needsSource = type !== 'campaign';
    const dated = type === 'alert' || type === 'crisis';
    return html`<h1 tabindex="-1">Scrivi un avviso</h1>
      <form class="card" ?hidden=${draft !== null} @submit=${this.look}><fieldset><legend>Che cos’è</legend>${Object.entries(TYPES).map(
        ([name, { title, about }]) =>
          html`<label class="choice"><input type="radio" name="type" value=${name} ?checked=${name === 'alert'} @change=${() => {
            this.type = name as Type;
          }}><span><strong>${title}</strong>: ${about}</span></label>`,
      )}</fieldset>
      <label>Testo, in italiano<textarea name="text" rows="4" required minlength="5" maxlength="1500"></textarea></label>
      <details><summary>In altre lingue (facoltativo)</summary>${Object.entries(LANGUAGES)
        .filter(([code]) => code !== 'it')
        .map(
          ([code, name]) =>
            html`<label>In ${name}<textarea name="text-${code}" lang=${code} dir=${code === 'ar' ? 'rtl' : 'ltr'} rows="2" maxlength="1500"></textarea></label>`,
        )}</details>
      <div class="two"><label>${needsSource ? 'Fonte: titolo' : 'Chi scrive'}<input name="title" required maxlength="200"></label>
        <label>${needsSource ? 'Fonte: indirizzo' : 'Pagina da aprire (facoltativa)'}<input name="url" type="url" pattern="https?://.+" ?required=${needsSource}></label>
        <label>Dal (vuoto = subito)<input type="datetime-local" name="from"></label>
        <label>Al${dated ? '' : ' (facoltativo)'}<input type="datetime-local" name="until" ?required=${dated}></label></div>
      <label>Argomento (vuoto = a tutti quelli che hanno chiesto le notizie)<input name="topic" list="topics" maxlength="100" autocomplete="off"></label>
      <datalist id="topics">${asked.map(({ topic, agreed }) => html`<option value=${topic}>${agreed}</option>`)}</datalist>
      ${asked.length > 0 ? html`<p class="quiet">Chiesti dai cittadini: ${asked.map(({ topic, agreed }) => `${topic} (${agreed})`).join(', ')}.</p>` : nothing}
      <button class="primary">Vedi l’anteprima</button></form>
      ${draft && preview ? this.lastLook(draft, preview) : nothing}`;
  }
}
customElements.define('notices-write', WriteView);
