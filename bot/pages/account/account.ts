/** One's own sign-in: the second factor (an authenticator app and recovery codes) and the password. For every staff user. */
import { html, type TemplateResult } from 'lit';
import { api, type Me } from '../shared/staff-api.ts';
import { StaffShell } from '../shared/staff-shell.ts';

interface Factor {
  on: boolean;
  recoveryLeft: number;
  required: boolean;
}

class SportelloAccount extends StaffShell {
  static override properties = {
    ...StaffShell.properties,
    factor: { state: true },
    begun: { state: true },
    codes: { state: true },
    done: { state: true },
  };
  protected readonly roles: Me['role'][] = ['agent', 'editor', 'supervisor', 'administrator'];
  declare factor: Factor | null;
  /** The secret that waits for its first code. */
  declare begun: { secret: string; uri: string } | null;
  /** Recovery codes, shown once. */
  declare codes: string[];
  declare done: string;

  constructor() {
    super();
    this.factor = null;
    this.begun = null;
    this.codes = [];
    this.done = '';
  }

  protected override entered(): void {
    void this.attempt(() => this.load());
  }

  private async load(): Promise<void> {
    this.factor = await api<Factor>('GET', '/api/second-factor');
  }

  /** Sends a form's fields to one of our doors; `then` gets the answer. */
  private send<T>(path: string, then: (value: T) => Promise<void> | void) {
    return async (event: SubmitEvent): Promise<void> => {
      event.preventDefault();
      const form = event.target as HTMLFormElement;
      this.done = '';
      await this.attempt(async () => {
        const value = await api<T>('POST', path, Object.fromEntries(new FormData(form)));
        form.reset();
        await then(value);
      });
    };
  }

  protected content(): TemplateResult {
    return html`<main class="account"><h1>Il tuo accesso</h1><p class="done" role="status" ?hidden=${!this.done}>${this.done}</p>
      <h2>Secondo fattore</h2>${this.factor ? this.secondFactor(this.factor) : html`<p aria-busy=${this.problem ? 'false' : 'true'}>${this.problem ? 'Questa parte non si riesce a leggere: ricarica la pagina.' : 'Un momento…'}</p>`}
      ${this.me?.weak ? null : this.password()}</main>`;
  }

  private secondFactor(factor: Factor): TemplateResult {
    if (this.codes.length > 0)
      return html`<p>Il secondo fattore è attivo. Copia questi codici di riserva e tienili lontano dal telefono: ognuno vale una volta, se lo perdi. Non li mostriamo più.</p>
        <ul class="codes">${this.codes.map((code) => html`<li>${code}</li>`)}</ul>
        <button class="primary" @click=${() => location.reload()}>Li ho copiati</button>`;
    if (factor.on)
      return html`<p>È attivo. Codici di riserva rimasti: ${factor.recoveryLeft}.${factor.recoveryLeft < 3 ? ' Per averne altri toglilo e attivalo di nuovo.' : ''}</p>
        <details><summary>Togli il secondo fattore</summary><form @submit=${this.send('/api/second-factor/drop', async () => {
          await this.load();
          this.done = 'Il secondo fattore è stato tolto.';
        })}>${this.field('password', 'Password', 'current-password', 'password')}${this.field('code', 'Codice dell’app, o di riserva', 'one-time-code')}
        <button>Togli</button></form></details>`;
    if (this.begun)
      return html`<ol><li>Apri la tua app di autenticazione e aggiungi un account: <a href=${this.begun.uri}>apri l’app da qui</a>, oppure scrivi questa chiave: <br><code>${this.begun.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></li><li>Scrivi il codice che l’app mostra.</li></ol>
        <form @submit=${this.send<{ recoveryCodes: string[] }>('/api/second-factor/confirm', ({ recoveryCodes }) => {
          this.codes = recoveryCodes;
        })}>${this.field('code', 'Codice a sei cifre', 'one-time-code')}<button class="primary">Attiva</button></form>`;
    return html`<p>${factor.required ? 'Il tuo ente lo chiede a tutto il personale: attivalo per continuare.' : 'Con un codice del tuo telefono, la sola password non basta più a entrare al tuo posto.'}</p>
      <form @submit=${this.send<{ secret: string; uri: string }>('/api/second-factor/begin', (begun) => {
        this.begun = begun;
      })}>${this.field('password', 'La tua password', 'current-password', 'password')}<button class="primary">Prepara</button></form>`;
  }

  private password(): TemplateResult {
    return html`<h2>Password</h2><form @submit=${this.send('/api/password', () => {
      this.me = null;
      this.problem = '';
    })}>${this.field('password', 'Password di adesso', 'current-password', 'password')}${this.field('newPassword', 'Nuova password (almeno 12 caratteri)', 'new-password', 'password')}
      <button>Cambia la password</button><p class="quiet">Poi accedi di nuovo, anche qui.</p></form>`;
  }

  private field(name: string, label: string, fills: AutoFill, type = 'text'): TemplateResult {
    return html`<label>${label}<input name=${name} type=${type} required autocomplete=${fills} maxlength="256"></label>`;
  }
}
customElements.define('sportello-account', SportelloAccount);
