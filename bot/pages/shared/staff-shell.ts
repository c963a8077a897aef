/** What every staff page is made in: the band with the way to the other pages, the form to sign in, and a place for problems. Light DOM. */
import { html, LitElement, type TemplateResult } from 'lit';
import { ApiProblem, type Me, signIn, signInWays, signOut, type Ways, whoAmI } from './staff-api.ts';

const PLACES: { path: string; title: string; roles: Me['role'][] }[] = [
  { path: '/desk', title: 'Operatori', roles: ['agent', 'supervisor', 'administrator'] },
  { path: '/counter/clerk', title: 'Sportelli', roles: ['agent', 'supervisor', 'administrator'] },
  { path: '/editor', title: 'Redazione', roles: ['editor', 'supervisor', 'administrator'] },
  { path: '/notices', title: 'Avvisi', roles: ['editor', 'supervisor', 'administrator'] },
  { path: '/insight', title: 'Andamento', roles: ['supervisor', 'administrator'] },
  { path: '/settings', title: 'Impostazioni', roles: ['supervisor', 'administrator'] },
];

/** Pages extend it and give `content` and the roles they are for. */
export abstract class StaffShell extends LitElement {
  static override properties = {
    me: { state: true },
    problem: { state: true },
    asked: { state: true },
    wantsCode: { state: true },
    ways: { state: true },
  };
  declare me: Me | null;
  declare problem: string;
  /** False until the server has said who is there. */
  declare asked: boolean;
  /** Name and password were right: the code of the app is asked for. */
  declare wantsCode: boolean;
  declare ways: Ways;
  protected abstract readonly roles: Me['role'][];
  protected abstract content(me: Me): TemplateResult;
  /** Somebody is signed in who may use the page. */
  protected entered(_me: Me): void {}

  constructor() {
    super();
    this.me = null;
    this.problem = '';
    this.asked = false;
    this.wantsCode = false;
    this.ways = { password: true, provider: null };
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.look();
  }

  private async look(): Promise<void> {
    await this.attempt(async () => {
      this.enter(await whoAmI());
      if (!this.me) this.ways = await signInWays();
    });
    this.asked = true;
  }

  private enter(me: Me | null): void {
    this.me = me;
    if (me?.weak && location.pathname !== '/account') location.assign('/account');
    else if (me && this.roles.includes(me.role)) this.entered(me);
  }

  /** Runs a piece of work and shows in words what went wrong; a session that has ended shows the form again. */
  protected async attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.problem = '';
      return true;
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.status === 401 && this.me) {
        this.me = null;
        this.problem = 'La sessione è finita: accedi di nuovo. Non hai perso nulla.';
      } else this.problem = problem instanceof Error ? problem.message : String(problem);
      return false;
    }
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const code = form.get('code');
    await this.attempt(async () => {
      try {
        this.enter(await signIn(String(form.get('name')), String(form.get('password')), code ? String(code) : undefined));
        this.wantsCode = false;
      } catch (problem) {
        if (!(problem instanceof ApiProblem && problem.code === 'SecondFactorRequired')) throw problem;
        this.wantsCode = true;
        await this.updateComplete;
        this.querySelector<HTMLInputElement>('input[name=code]')?.focus();
      }
    });
  }

  private async leave(): Promise<void> {
    let next: string | undefined;
    await this.attempt(async () => {
      next = await signOut();
    });
    if (next) location.assign(next);
    else location.reload();
  }

  protected override render(): TemplateResult {
    const { me } = this;
    const alert = html`<p class="problem" role="alert" ?hidden=${!this.problem}>${this.problem}</p>`;
    if (!this.asked) return html`<main class="signing" aria-busy="true"><p>Un momento…</p>${alert}</main>`;
    if (!me)
      return html`<header class="band-top"><span class="brand">Sportello</span></header><main class="signing"><h1>Accedi</h1>${alert}
        ${this.ways.provider ? html`<p><a class="button primary" href=${`${this.ways.provider.path}?to=${location.pathname}`}>Accedi con ${this.ways.provider.title}</a></p>` : null}
        ${
          this.ways.password
            ? html`<form @submit=${this.submit}><label>Nome<input name="name" required autocomplete="username" maxlength="64"></label>
        <label>Password<input name="password" type="password" required autocomplete="current-password" maxlength="256"></label>
        ${this.wantsCode ? html`<label>Codice dell’app, o un codice di riserva<input name="code" required autocomplete="one-time-code" maxlength="32"></label>` : null}
        <button class="primary">Accedi</button></form>`
            : null
        }</main>`;
    const places = PLACES.filter((place) => place.roles.includes(me.role));
    return html`<header class="band-top"><span class="brand">Sportello</span>
      <nav aria-label="Pagine">${places.map((place) => html`<a href=${place.path} aria-current=${location.pathname === place.path ? 'page' : 'false'}>${place.title}</a>`)}</nav>
      <span class="who">${me.name}<span class="quiet"> · ${me.office ?? 'tutti gli uffici'}</span></span><a href="/account" aria-current=${location.pathname === '/account' ? 'page' : 'false'}>Accesso</a><button class="plain" @click=${this.leave}>Esci</button></header>
      ${alert}${
        this.roles.includes(me.role)
          ? this.content(me)
          : html`<main class="signing"><h1>Questa pagina non è per il tuo ruolo</h1><p>Chiedi a un amministratore, oppure vai a una delle pagine qui sopra.</p></main>`
      }`;
  }
}
