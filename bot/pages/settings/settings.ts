/** What is set without touching the server: users, offices, hours, switches, the body. Each view is an element of its own; the address after # says which. */
import { html, type TemplateResult } from 'lit';
import type { Me } from '../shared/staff-api.ts';
import { StaffPlaces } from '../shared/staff-places.ts';
import './body-view.ts';
import './connectors-view.ts';
import './hours-view.ts';
import './offices-view.ts';
import './switches-view.ts';
import './users-view.ts';

const VIEWS: { place: string; title: string; roles: Me['role'][] }[] = [
  { place: 'interruttori', title: 'Interruttori', roles: ['supervisor', 'administrator'] },
  { place: 'orari', title: 'Orari e chiusure', roles: ['supervisor', 'administrator'] },
  { place: 'uffici', title: 'Uffici', roles: ['administrator'] },
  { place: 'utenti', title: 'Utenti', roles: ['administrator'] },
  { place: 'ente', title: 'Ente', roles: ['administrator'] },
  { place: 'collegamenti', title: 'Collegamenti', roles: ['administrator'] },
];

class SportelloSettings extends StaffPlaces {
  protected readonly roles: Me['role'][] = ['supervisor', 'administrator'];
  protected readonly first = 'interruttori';

  protected content(me: Me): TemplateResult {
    const views = VIEWS.filter(({ roles }) => roles.includes(me.role));
    const here = views.find(({ place }) => place === this.place)?.place ?? 'interruttori';
    const writes = me.role === 'administrator';
    return html`<nav class="views" aria-label="Impostazioni">${views.map(
      ({ place, title }) => html`<a href="#${place}" aria-current=${here === place ? 'page' : 'false'}>${title}</a>`,
    )}</nav>
    <p class="done" role="status" ?hidden=${!this.done}>${this.done}</p>
    <main class="settings" @problem=${this.onProblem} @done=${(event: CustomEvent<string>) => {
      this.done = event.detail;
    }}>${
      here === 'utenti'
        ? html`<settings-users .me=${me}></settings-users>`
        : here === 'uffici'
          ? html`<settings-offices></settings-offices>`
          : here === 'orari'
            ? html`<settings-hours ?writes=${writes}></settings-hours>`
            : here === 'ente'
              ? html`<settings-body></settings-body>`
              : here === 'collegamenti'
                ? html`<settings-connectors></settings-connectors>`
                : html`<settings-switches></settings-switches>`
    }</main>`;
  }
}
customElements.define('sportello-settings', SportelloSettings);
