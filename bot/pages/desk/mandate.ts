/** Records that somebody may act for another: the agent has seen the deed. */
import { html, LitElement, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';

const KINDS = { parent: 'Genitore', guardian: 'Tutore o amministratore di sostegno', company: 'Rappresentante di un’azienda' } as const;
const SCOPES = { bookings: 'Appuntamenti', cases: 'Pratiche', all: 'Appuntamenti e pratiche' } as const;

class DeskMandate extends LitElement {
  static override properties = { problem: { state: true }, done: { state: true } };
  declare problem: string;
  declare done: boolean;

  constructor() {
    super();
    this.problem = '';
    this.done = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const said = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const party = (who: string) => ({ name: said[`${who}-name`], fiscalCode: said[`${who}-code`] });
    const { kind, scope, until, basis } = said;
    this.done = false;
    try {
      await api('POST', '/api/mandates', { kind, scope, until, basis, principal: party('principal'), holder: party('holder') });
      this.problem = '';
      this.done = true;
      form.reset();
    } catch (problem) {
      this.problem = problem instanceof Error ? problem.message : String(problem);
    }
  }

  protected override render(): TemplateResult {
    const choice = (name: string, title: string, of: Record<string, string>) =>
      html`<label>${title}<select name=${name}>${Object.entries(of).map(([value, words]) => html`<option value=${value}>${words}</option>`)}</select></label>`;
    const party = (who: string, title: string) =>
      html`<label>${title}: nome e cognome, o ditta<input name="${who}-name" required minlength="3" maxlength="80" autocomplete="off"></label><label>${title}: codice fiscale<input name="${who}-code" required maxlength="16" autocomplete="off"></label>`;
    return html`<details><summary>Registra una delega</summary><form @submit=${this.submit}>
      <p class="problem" role="alert" ?hidden=${!this.problem}>${this.problem}</p><p role="status" ?hidden=${!this.done}>Delega registrata.</p>
      ${choice('kind', 'In qualità di', KINDS)}${party('holder', 'Chi agisce')}${party('principal', 'Per conto di')}${choice('scope', 'Per', SCOPES)}
      <label>Fino al<input name="until" type="date" required></label><label>Atto che hai visto<input name="basis" required minlength="3" maxlength="200" autocomplete="off"></label>
      <button>Registra</button></form></details>`;
  }
}
customElements.define('desk-mandate', DeskMandate);
