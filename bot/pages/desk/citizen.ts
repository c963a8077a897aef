/** Who the citizen is, for the agent who has their request: what did not arrive, and on demand profile, mandates and timeline. Each look is recorded. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import './mandate.ts';
import { CHANNELS } from './types.ts';

interface Undelivered {
  kind: 'message' | 'letter';
  at: string;
  channel: string;
  text: string;
  error: string;
  movedTo: string | null;
}

interface Mandate {
  id: string;
  kind: string;
  scope: string;
  principalName: string;
  holderName: string;
  until: string;
  revoked: boolean;
}

interface Citizen {
  verified: boolean;
  profile: {
    name: string;
    channel: string | null;
    lang: string | null;
    elsewhere: boolean;
    email: { address: string; verified: boolean } | null;
  } | null;
  mandates: { given: Mandate[]; held: Mandate[] } | null;
  events: { kind: string; at: string; title: string; detail: string }[];
  missing: string[];
}

const SCOPES: Record<string, string> = { bookings: 'appuntamenti', cases: 'pratiche', all: 'appuntamenti e pratiche' };
const WHERE: Record<string, string> = { ...CHANNELS, mail: 'e-mail', link: 'collegamento' };
const day = (iso: string): string => new Date(iso).toLocaleDateString('it-IT', { day: 'numeric', month: 'long', year: 'numeric' });

class DeskCitizen extends LitElement {
  static override properties = {
    handoff: {},
    allowed: { type: Boolean },
    heard: { type: Number },
    citizen: { state: true },
    undelivered: { state: true },
    problem: { state: true },
  };
  declare handoff: string;
  /** May look: it is theirs, or they supervise. */
  declare allowed: boolean;
  /** Messages so far: one more may be one that failed. */
  declare heard: number;
  /** Null = nobody has looked. */
  declare citizen: Citizen | null;
  declare undelivered: Undelivered[];
  declare problem: string;

  constructor() {
    super();
    this.handoff = '';
    this.allowed = false;
    this.heard = 0;
    this.citizen = null;
    this.undelivered = [];
    this.problem = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues): void {
    // What was looked at for one request is not left standing beside another.
    if (changed.has('handoff')) {
      this.citizen = null;
      this.undelivered = [];
      this.problem = '';
    }
    if (changed.has('handoff') || changed.has('heard')) void this.attempt(() => this.readUndelivered());
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.problem = '';
    } catch (problem) {
      this.problem = problem instanceof Error ? problem.message : String(problem);
    }
  }

  private async readUndelivered(): Promise<void> {
    const { handoff } = this;
    if (!handoff) return;
    const { undelivered } = await api<{ undelivered: Undelivered[] }>('GET', `/api/handoffs/${handoff}/undelivered`);
    if (handoff === this.handoff) this.undelivered = undelivered;
  }

  private look(): Promise<void> {
    const { handoff } = this;
    return this.attempt(async () => {
      const citizen = await api<Citizen>('GET', `/api/handoffs/${handoff}/citizen`);
      if (handoff !== this.handoff) return;
      this.citizen = citizen;
      await this.updateComplete;
      this.querySelector<HTMLElement>('.citizen-story')?.focus();
    });
  }

  private letters(): TemplateResult | typeof nothing {
    const { undelivered } = this;
    if (undelivered.length === 0) return nothing;
    return html`<section class="undelivered" aria-label="Non consegnati"><h2>Non consegnati (${undelivered.length})</h2><ul>${undelivered.map(
      (one) =>
        html`<li><span class="quiet">${day(one.at)}, ${WHERE[one.channel] ?? one.channel}: ${one.error || 'senza spiegazione'}</span><br>${
          one.kind === 'letter' ? 'Una lettera' : one.text.length > 160 ? `${one.text.slice(0, 160)}…` : one.text
        }${one.movedTo ? html`<br><strong>Arrivato invece per ${WHERE[one.movedTo] ?? one.movedTo}.</strong>` : nothing}</li>`,
    )}</ul></section>`;
  }

  private mandates({ given, held }: { given: Mandate[]; held: Mandate[] }): TemplateResult | typeof nothing {
    const line = (one: Mandate, words: string) =>
      html`<li>${words}, ${SCOPES[one.scope] ?? one.scope}, fino al ${day(one.until)}${one.revoked ? ' (revocata)' : ''}</li>`;
    if (given.length + held.length === 0) return nothing;
    return html`<h3>Deleghe</h3><ul>${held.map((one) => line(one, `Può agire per ${one.principalName}`))}${given.map((one) => line(one, `Ha delegato ${one.holderName}`))}</ul>`;
  }

  private story({ verified, profile, mandates, events, missing }: Citizen): TemplateResult {
    return html`<section class="citizen-story" tabindex="-1" aria-label="Storia del cittadino"><p>${
      verified ? html`<span class="tag">identità verificata</span>` : 'Il cittadino non ha fatto l’accesso: non sappiamo chi è.'
    }</p>${
      profile
        ? html`<dl><dt class="quiet">Nome</dt><dd>${profile.name}</dd><dt class="quiet">Preferisce</dt><dd>${profile.channel ? (WHERE[profile.channel] ?? profile.channel) : 'dove ha scritto'}${profile.lang ? `, in lingua «${profile.lang}»` : ''}</dd>
          ${profile.email ? html`<dt class="quiet">E-mail</dt><dd>${profile.email.address} (${profile.email.verified ? 'verificata' : 'non verificata'})</dd>` : nothing}</dl>`
        : verified
          ? html`<p class="quiet">Non ha acconsentito a un profilo.</p>`
          : nothing
    }${mandates ? this.mandates(mandates) : nothing}
    ${events.length > 0 ? html`<h3>In ordine di tempo</h3><ol>${events.map((one) => html`<li><span class="quiet">${day(one.at)}</span><br>${one.title}${one.detail ? html`<br><span class="quiet">${one.detail}</span>` : nothing}</li>`)}</ol>` : nothing}
    ${missing.map((words) => html`<p class="quiet">${words}</p>`)}</section>`;
  }

  protected override render(): TemplateResult {
    return html`${this.letters()}<p class="problem" role="alert" ?hidden=${!this.problem}>${this.problem}</p>
      ${this.allowed && !this.citizen ? html`<button @click=${this.look}>Vedi la storia del cittadino</button><p class="quiet">Guardala solo se serve a questa richiesta: resta registrato chi l’ha vista.</p>` : nothing}
      ${this.citizen ? html`${this.story(this.citizen)}<desk-mandate></desk-mandate>` : nothing}`;
  }
}
customElements.define('desk-citizen', DeskCitizen);
