/** The console: what people ask and do not find, the pages, what could be better. Each view is an element of its own; the address after # says which. */
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Me } from '../shared/staff-api.ts';
import { StaffPlaces } from '../shared/staff-places.ts';
import './archive-view.ts';
import './checks-view.ts';
import './curated-view.ts';
import './gaps-view.ts';
import './page-view.ts';
import './pages-view.ts';
import './ranking-view.ts';
import './runs-view.ts';
import './sources-view.ts';
import './test-files-view.ts';
import './words-view.ts';

const VIEWS: [place: string, title: string][] = [
  ['lacune', 'Lacune'],
  ['pagine', 'Pagine'],
  ['fonti', 'Fonti'],
  ['controlli', 'Da migliorare'],
  ['risposte', 'Risposte pronte'],
  ['parole', 'Parole'],
  ['prove', 'Prove'],
];

class SportelloEditor extends StaffPlaces {
  protected readonly roles: Me['role'][] = ['editor', 'supervisor', 'administrator'];
  protected readonly first = 'lacune';

  private view(me: Me): TemplateResult {
    const [name = '', rest = ''] = this.place.split('/');
    const [code = '', asked = ''] = rest.split('?');
    const id = decodeURIComponent(code);
    const wishes = new URLSearchParams(asked);
    const writes = me.role !== 'supervisor';
    if (name === 'pagine') return html`<editor-pages ?writes=${writes} .office=${me.office}></editor-pages>`;
    // One element a page: leaving it for another saves what was written in it.
    if (name === 'pagina')
      return html`${keyed(id, html`<editor-page .page=${id} .gap=${wishes.get('gap') ?? ''} .card=${wishes.has('scheda')} ?writes=${writes} .me=${me.name}></editor-page>`)}`;
    if (name === 'fonti')
      return html`<editor-sources ?writes=${writes} .office=${me.office}></editor-sources>${
        writes && me.office === null ? html`<editor-archive ?brings=${me.role === 'administrator'}></editor-archive>` : nothing
      }`;
    if (name === 'controlli') return html`<editor-checks ?writes=${writes}></editor-checks>`;
    if (name === 'parole') return html`<editor-words ?writes=${writes}></editor-words>`;
    if (name === 'prove')
      return html`<editor-runs ?writes=${writes}></editor-runs><editor-test-files ?writes=${writes}></editor-test-files><editor-ranking ?decides=${me.role === 'supervisor' || me.role === 'administrator'}></editor-ranking>`;
    if (name === 'risposte') return html`<editor-curated ?writes=${writes}></editor-curated>`;
    return html`<editor-gaps ?writes=${writes} .me=${me} .office=${me.office ?? ''}></editor-gaps>`;
  }

  protected content(me: Me): TemplateResult {
    const here = this.place.split('/')[0];
    return html`<nav class="views" aria-label="Redazione">${VIEWS.map(
      ([place, title]) =>
        html`<a href="#${place}" aria-current=${here === place || (here === 'pagina' && place === 'pagine') ? 'page' : 'false'}>${title}</a>`,
    )}</nav>
    <p class="done" role="status" ?hidden=${!this.done}>${this.done}</p>
    <main class="editor" @problem=${this.onProblem} @done=${(event: CustomEvent<string>) => {
      this.done = event.detail;
    }}>${this.view(me)}</main>`;
  }
}
customElements.define('sportello-editor', SportelloEditor);
