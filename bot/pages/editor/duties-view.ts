/** What the person who signed in looks after, and by when. Nothing to do, nothing shown. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { dayInWords } from './types.ts';
import { EditorView } from './view.ts';

interface Duties {
  pages: { documentId: string; title: string; kind: 'expires' | 'review'; on: string }[];
  gaps: { id: string; question: string; dueOn: string | null }[];
}
const SHOWN = 8;

class DutiesView extends EditorView {
  static override properties = { duties: { state: true } };
  declare duties: Duties | null;

  constructor() {
    super();
    this.duties = null;
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.attempt(async () => {
      this.duties = await api<Duties>('GET', '/api/editor/duties');
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { pages = [], gaps = [] } = this.duties ?? {};
    const count = pages.length + gaps.length;
    if (count === 0) return nothing;
    return html`<section class="card duties" aria-label="Da fare per te"><h2>Da fare per te (${count})</h2><ul class="plain">
      ${pages.slice(0, SHOWN).map(({ documentId, title, kind, on }) => html`<li><a href="#pagina/${encodeURIComponent(documentId)}">${title}</a> ${kind === 'expires' ? `scade il ${dayInWords(on)}: dal giorno dopo non risponde più` : `va riletta entro il ${dayInWords(on)}`}</li>`)}
      ${pages.length > SHOWN ? html`<li class="quiet">e altre ${pages.length - SHOWN} pagine, in <a href="#controlli">Da migliorare</a></li>` : nothing}
      ${gaps.slice(0, SHOWN).map(({ question, dueOn }) => html`<li>Lacuna «${question}»${dueOn ? `, entro il ${dayInWords(dueOn)}` : ''}</li>`)}</ul></section>`;
  }
}
customElements.define('editor-duties', DutiesView);
