/** What the office says to many: written here, seen here once sent. Each view is an element of its own; the address after # says which. */
import { html, type TemplateResult } from 'lit';
import type { Me } from '../shared/staff-api.ts';
import { StaffPlaces } from '../shared/staff-places.ts';
import './hours-view.ts';
import './sent-view.ts';
import './write-view.ts';

const VIEWS = [
  { place: 'scrivi', title: 'Scrivi' },
  { place: 'inviati', title: 'In vigore e inviati' },
  { place: 'quando', title: 'Quando si scrive' },
];

class SportelloNotices extends StaffPlaces {
  protected readonly roles: Me['role'][] = ['editor', 'supervisor', 'administrator'];
  protected readonly first = 'scrivi';

  protected content(me: Me): TemplateResult {
    const here = VIEWS.find(({ place }) => place === this.place)?.place ?? this.first;
    return html`<nav class="views" aria-label="Avvisi">${VIEWS.map(
      ({ place, title }) => html`<a href="#${place}" aria-current=${here === place ? 'page' : 'false'}>${title}</a>`,
    )}</nav>
    <p class="done" role="status" ?hidden=${!this.done}>${this.done}</p>
    <main class="settings notices" @problem=${this.onProblem} @done=${(event: CustomEvent<string>) => {
      this.done = event.detail;
    }}>${
      here === 'inviati'
        ? html`<notices-sent></notices-sent>`
        : here === 'quando'
          ? html`<notices-hours ?writes=${me.role !== 'editor'}></notices-hours>`
          : html`<notices-write></notices-write>`
    }</main>`;
  }
}
customElements.define('sportello-notices', SportelloNotices);
