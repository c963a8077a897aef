/** The desk by keyboard: single letters outside of fields, which an agent may turn off (speech input and stray touches press them too), and their help. */
import { html, type TemplateResult } from 'lit';

export const KEYS = {
  j: 'richiesta seguente',
  k: 'richiesta precedente',
  c: 'prendi la richiesta',
  r: 'scrivi la risposta',
  p: 'scegli una risposta già scritta',
} as const;
type Key = keyof typeof KEYS;

/** `acts`: true = done, so that the letter goes nowhere else. Escape leaves a field, whether letters are on or not. */
export function listenKeys(on: () => boolean, acts: Record<Key, () => boolean>): void {
  document.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement;
    const typing = target.matches('input, textarea, select');
    if (event.key === 'Escape' && typing) target.blur();
    if (!on() || typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    if (acts[event.key as Key]()) event.preventDefault();
  });
}

/** The help of keys, with the switch. */
export function keysHelp(on: boolean, change: (on: boolean) => void): TemplateResult {
  return html`<details class="keys"><summary>Tasti</summary>
    <label class="check"><input type="checkbox" name="keys" .checked=${on} @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}>Tasti di una sola lettera</label>
    <dl>${Object.entries(KEYS).map(([key, what]) => html`<dt><kbd>${key}</kbd></dt><dd>${what}</dd>`)}
    <dt><kbd>Ctrl</kbd>+<kbd>Invio</kbd></dt><dd>manda la risposta</dd><dt><kbd>Esc</kbd></dt><dd>esci da un campo</dd></dl>
    <p class="quiet">${on ? 'Valgono fuori dai campi di testo.' : 'Le lettere sono disattivate: tutto si raggiunge con il tasto Tab.'} La scelta resta tua anche su altri computer.</p></details>`;
}
