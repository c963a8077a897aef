/** Who works here and what they may do. */
import { html, nothing, type TemplateResult } from 'lit';
import { api, type Me } from '../shared/staff-api.ts';
import { SettingsView } from './view.ts';

interface User {
  id: string;
  name: string;
  role: Me['role'];
  office: string | null;
  disabledAt: string | null;
  lockedUntil: string | null;
}

const ROLES: Record<Me['role'], string> = {
  agent: 'Operatore',
  editor: 'Redattore',
  supervisor: 'Coordinatore',
  administrator: 'Amministratore',
};

class UsersView extends SettingsView {
  static override properties = { me: { attribute: false }, users: { state: true }, offices: { state: true } };
  declare me: Me;
  declare users: User[] | null;
  declare offices: string[];

  constructor() {
    super();
    this.users = null;
    this.offices = [];
  }

  protected async load(): Promise<void> {
    this.users = (await api<{ users: User[] }>('GET', '/api/users')).users;
    this.offices = (await api<{ offices: { name: string }[] }>('GET', '/api/offices')).offices.map(({ name }) => name);
  }

  private choices(user?: User): TemplateResult {
    return html`<label>Ruolo<select name="role">${Object.entries(ROLES).map(([role, title]) => html`<option value=${role} ?selected=${user?.role === role}>${title}</option>`)}</select></label>
      <label>Ufficio<select name="office"><option value="">tutti gli uffici</option>${this.offices.map((name) => html`<option value=${name} ?selected=${user?.office === name}>${name}</option>`)}</select></label>`;
  }

  private card(user: User): TemplateResult {
    const own = user.id === this.me.id;
    const change = (event: SubmitEvent) =>
      this.save(event, `Salvato: ${user.name}.`, (data) =>
        api('PUT', `/api/users/${user.id}`, {
          role: data['role'],
          office: data['office'] || null,
          ...(data['password'] ? { password: data['password'] } : {}),
        }),
      );
    const turn = (event: SubmitEvent) =>
      this.save(event, user.disabledAt ? `${user.name} può di nuovo entrare.` : `${user.name} non può più entrare.`, () =>
        api('PUT', `/api/users/${user.id}`, { disabled: !user.disabledAt }),
      );
    return html`<li class="card"><h2>${user.name}${own ? html` <span class="tag">tu</span>` : nothing}${user.disabledAt ? html` <span class="tag">disattivato</span>` : nothing}</h2>
      <p class="quiet">${ROLES[user.role]} · ${user.office ?? 'tutti gli uffici'}${user.lockedUntil && user.lockedUntil > new Date().toISOString() ? ' · bloccato per troppe password sbagliate' : ''}</p>
      <details><summary>Modifica</summary><form @submit=${change}>${this.choices(user)}
        <label>Nuova password (facoltativa)<input name="password" type="password" minlength="12" maxlength="256" autocomplete="new-password"></label><button>Salva</button></form>
        ${own ? nothing : html`<form @submit=${turn}><button>${user.disabledAt ? 'Riattiva' : 'Disattiva'}</button></form>`}</details></li>`;
  }

  protected override render(): TemplateResult {
    const { users } = this;
    if (users === null) return html`<h1 tabindex="-1">Utenti</h1>${this.waiting()}`;
    const add = (event: SubmitEvent) =>
      this.save(event, 'Utente creato: comunicagli la password a voce.', (data) =>
        api('POST', '/api/users', { ...data, office: data['office'] || null }),
      );
    return html`<h1 tabindex="-1">Utenti</h1><p>Un cambio di ruolo vale dalla richiesta successiva; una nuova password o la disattivazione chiudono le sessioni aperte.</p>
      <ul class="cards">${users.map((user) => this.card(user))}</ul>
      <form class="card" data-once @submit=${add}><h2>Nuovo utente</h2><label>Nome<input name="name" required minlength="2" maxlength="64" autocomplete="off"></label>${this.choices()}
        <label>Password, almeno 12 caratteri<input name="password" type="password" required minlength="12" maxlength="256" autocomplete="new-password"></label><button class="primary">Crea</button></form>`;
  }
}
customElements.define('settings-users', UsersView);
