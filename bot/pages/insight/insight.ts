/** How the service does, for supervisors: a period, the figures that matter, and every figure drawn, in a table and as a file. */
import { html, nothing, type TemplateResult } from 'lit';
import { api, type Me } from '../shared/staff-api.ts';
import { StaffShell } from '../shared/staff-shell.ts';
import './quality-view.ts';
import { plot } from './plot.ts';
import { duration, type FigureTable, type Insight, percent, written } from './types.ts';

const SPANS: [days: number, title: string][] = [
  [7, 'Ultimi 7 giorni'],
  [30, 'Ultimi 30 giorni'],
  [90, 'Ultimi 90 giorni'],
  [365, 'Ultimo anno'],
];

class SportelloInsight extends StaffShell {
  static override properties = { ...StaffShell.properties, figures: { state: true }, loading: { state: true } };
  protected readonly roles: Me['role'][] = ['supervisor', 'administrator'];
  declare figures: Insight | null;
  declare loading: boolean;
  /** The office's own day, as the first answer says it. */
  private today = '';

  constructor() {
    super();
    this.figures = null;
    this.loading = false;
  }

  protected override entered(): void {
    void this.load('');
  }

  private wanted = '';
  private async load(query: string): Promise<void> {
    this.loading = true;
    this.wanted = query;
    await this.attempt(async () => {
      const figures = await api<Insight>('GET', `/api/insight${query}`);
      // A longer period that was asked for before takes longer than a shorter one.
      if (this.wanted !== query) return;
      this.figures = figures;
      this.today ||= figures.period.to;
    });
    if (this.wanted === query) this.loading = false;
  }

  private ask(event: SubmitEvent): void {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    void this.load(`?from=${form.get('from')}&to=${form.get('to')}`);
  }

  private last(days: number): void {
    const from = new Date(Date.parse(`${this.today}T00:00:00Z`) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
    void this.load(`?from=${from}&to=${this.today}`);
  }

  protected content(): TemplateResult {
    const { figures } = this;
    return html`<main class="insight" aria-busy=${this.loading ? 'true' : 'false'}><h1>Andamento del servizio</h1>
      <div class="spans" role="group" aria-label="Periodo">${SPANS.map(([days, title]) => html`<button @click=${() => this.last(days)}>${title}</button>`)}</div>
      ${
        figures
          ? html`<form class="period" @submit=${this.ask}><label>Dal<input type="date" name="from" required .value=${figures.period.from}></label>
        <label>Al<input type="date" name="to" required .value=${figures.period.to}></label><button>Mostra</button></form>${this.headline(figures)}
        <nav class="contents" aria-label="Tabelle"><a href="#da-controllare">Campione da controllare</a>${figures.tables.map(({ name, title }) => html`<a href="#${name}">${title}</a>`)}</nav>
        ${figures.tables.map((table) => this.figure(table, figures))}<insight-quality id="da-controllare" @problem=${(
          event: CustomEvent<unknown>,
        ) =>
          void this.attempt(async () => {
            if (event.detail) throw event.detail;
          })}></insight-quality><p class="quiet">I dati mensili per tutti sono su <a href="/open-data">Dati aperti</a>.</p>`
          : html`<p class="empty">${this.loading ? 'Un momento…' : 'Nessun dato da mostrare.'}</p>`
      }</main>`;
  }

  private headline({ headline, period }: Insight): TemplateResult {
    const one = (title: string, value: string, more = '') =>
      html`<div><dt>${title}</dt><dd>${value}${more ? html`<span class="quiet">${more}</span>` : nothing}</dd></div>`;
    return html`<p class="quiet" role="status">Dal ${inWords(period.from)} al ${inWords(period.to)}.</p><dl class="headline">
      ${one('Conversazioni', headline.conversations.toLocaleString('it-IT'))}
      ${one('Domande con risposta', percent(headline.answeredShare), `di ${headline.questions.toLocaleString('it-IT')} domande`)}
      ${one('Risolte senza una persona', percent(headline.verifiedContainment), 'verificate')}
      ${one('Attesa mediana', duration(headline.medianWait), `${headline.requests.toLocaleString('it-IT')} richieste`)}
      ${one('Abbandoni', percent(headline.abandonedShare))}</dl>`;
  }

  private figure(table: FigureTable, { period }: Insight): TemplateResult {
    const file = `/api/insight/${table.name}.csv?from=${period.from}&to=${period.to}`;
    return html`<section id=${table.name} class="figure"><h2>${table.title}</h2><p class="quiet">${table.about}</p>${plot(table)}
      ${
        table.rows.length === 0
          ? html`<p class="empty">Ancora nessun dato in questo periodo.</p>`
          : html`<details ?open=${table.rows.length <= 12}><summary>Tabella</summary><div class="wide" tabindex="0" role="region" aria-label=${table.title}>
        <table><thead><tr>${table.columns.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead><tbody>${table.rows.map(
          (row) =>
            html`<tr>${row.map((cell, i) => (i === 0 ? html`<th scope="row">${written(cell, '')}</th>` : html`<td>${written(cell, table.columns[i]?.name ?? '')}</td>`))}</tr>`,
        )}</tbody></table></div></details>`
      }<p><a href=${file} download>Scarica in CSV<span class="visually-hidden">: ${table.title}</span></a></p></section>`;
  }
}
customElements.define('sportello-insight', SportelloInsight);

const inWords = (day: string): string =>
  new Date(`${day}T12:00:00Z`).toLocaleDateString('it-IT', { day: 'numeric', month: 'long', year: 'numeric' });
