/** The service card as a form of its items; every change is told as the page's Markdown. */
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { type Card, ITEMS, readCard, writeCard } from './card.ts';
import { EditorView } from './view.ts';

const HINTS: Record<string, string> = {
  'Categoria del servizio': 'per esempio: Anagrafe e stato civile',
  'Stato del servizio': '«Attivo», oppure perché non lo è e fino a quando',
  'Descrizione breve': 'che cos’è, in due frasi al massimo',
  'A chi è rivolto': 'chi può chiederlo',
  'Come fare': 'i passi, in un elenco',
  'Cosa serve': 'documenti e dati, in un elenco',
  'Cosa si ottiene': 'che cosa ha in mano la persona alla fine',
  'Tempi e scadenze': 'entro quando si chiede, entro quando si risponde',
  'Accedi al servizio': 'dove: sportello, sito, prenotazione; quanto costa',
  'Condizioni di servizio': 'regole che valgono per chi lo usa',
  Contatti: 'l’ufficio competente con telefono, e-mail e orari',
  Argomenti: 'parole con cui trovarlo',
};
const LONG = ['Come fare', 'Cosa serve', 'Tempi e scadenze', 'Accedi al servizio'];

class CardForm extends EditorView {
  static override properties = { markdown: { attribute: false }, writes: { type: Boolean } };
  declare markdown: string;
  declare writes: boolean;
  private card: Card = readCard('');

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('markdown')) this.card = readCard(this.markdown);
  }

  private write(item: string, event: Event): void {
    const body = (event.target as HTMLTextAreaElement).value;
    this.card.items.set(item, { heading: this.card.items.get(item)?.heading ?? item, body });
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent('card', { detail: writeCard(this.card) }));
  }

  protected override render(): TemplateResult {
    const filled = 1 + ITEMS.filter((item) => this.card.items.get(item)?.body).length;
    return html`<fieldset><legend>Scheda di servizio: ${filled} voci su 13</legend>${ITEMS.map(
      (item) =>
        html`<label>${item}<span class="quiet"> ${HINTS[item] ?? ''}</span><textarea rows=${LONG.includes(item) ? 5 : 2} .value=${this.card.items.get(item)?.body ?? ''} ?readonly=${!this.writes} @input=${(event: Event) => this.write(item, event)}></textarea></label>`,
    )}${this.card.others ? html`<p class="quiet">Il testo che non è una voce della scheda resta in fondo: si cambia in «Testo libero».</p>` : ''}</fieldset>`;
  }
}
customElements.define('editor-card', CardForm);
