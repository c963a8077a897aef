/** What an agent asks of the citizen, from the desk: a contact, a sign-in, a permission, a yes to pass the conversation to another body. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';

const WHAT = { contact: 'Un recapito', permission: 'Un permesso', elsewhere: 'Di passare a un altro ente' } as const;
type What = keyof typeof WHAT;

/** Fires `asked` once the citizen has it. */
class DeskAsking extends LitElement {
  static override properties = { handoff: {}, what: { state: true }, problem: { state: true } };
  declare handoff: string;
  declare what: What;
  declare problem: string;

  constructor() {
    super();
    this.handoff = '';
    this.what = 'contact';
    this.problem = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    if (await this.send(Object.fromEntries(new FormData(form)))) {
      form.reset();
      this.querySelector('details')?.removeAttribute('open');
    }
  }

  private async send(body: object): Promise<boolean> {
    try {
      await api('POST', `/api/handoffs/${this.handoff}/ask`, body);
      this.problem = '';
      this.dispatchEvent(new CustomEvent('asked'));
      return true;
    } catch (problem) {
      this.problem = problem instanceof Error ? problem.message : String(problem);
      return false;
    }
  }

  protected override render(): TemplateResult {
    return html`<p class="problem" role="alert" ?hidden=${!this.problem}>${this.problem}</p><button type="button" @click=${() => this.send({ what: 'sign-in' })}>Chiedi di accedere</button>
      <details><summary>Chiedi al cittadino</summary><form @submit=${this.submit}>
      <label>Che cosa<select name="what" @change=${(event: Event) => (this.what = (event.target as HTMLSelectElement).value as What)}>${Object.entries(WHAT).map(([value, title]) => html`<option value=${value} ?selected=${value === this.what}>${title}</option>`)}</select></label>
      ${this.what === 'permission' ? html`<label>Per che cosa<textarea name="text" rows="2" required minlength="3" maxlength="500"></textarea></label>` : nothing}
      ${this.what === 'elsewhere' ? html`<label>Ente<input name="body" required minlength="3" maxlength="120" autocomplete="off"></label><label>Indirizzo e-mail dell’ente<input name="address" type="email" required maxlength="200" autocomplete="off"></label><p class="quiet">Se acconsente, la conversazione parte per e-mail e qui si chiude.</p>` : nothing}
      <button>Chiedi</button></form></details>`;
  }
}
customElements.define('desk-asking', DeskAsking);
