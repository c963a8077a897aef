/** What the views of the console have in common: light DOM, and problems told to the page that holds them. */
import { html, LitElement, type TemplateResult } from 'lit';
import { ApiProblem } from '../shared/staff-api.ts';

export abstract class EditorView extends LitElement {
  /** The last piece of work failed. */
  private unread = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Runs a piece of work; the page shows what went wrong. Resolves with whether it went well. */
  protected async attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.unread = false;
      this.tell(null);
      return true;
    } catch (problem) {
      this.unread = true;
      this.requestUpdate();
      this.tell(problem);
      return false;
    }
  }

  /** Instead of what has not been read yet; what cannot be read is not waited for. */
  protected waiting(words = 'Un momento…'): TemplateResult {
    return this.unread
      ? html`<p>Questa parte non si riesce a leggere. <button @click=${() => location.reload()}>Riprova</button></p>`
      : html`<p aria-busy="true">${words}</p>`;
  }

  private tell(problem: unknown): void {
    this.dispatchEvent(new CustomEvent('problem', { detail: problem, bubbles: true }));
  }

  /** A line that is read out: what has just been done. */
  protected say(words: string): void {
    this.dispatchEvent(new CustomEvent('done', { detail: words, bubbles: true }));
  }

  protected go(place: string): void {
    location.hash = place;
  }
}

/** The failed checks of a refused publication; null for any other problem. */
export function refusedBody<T>(problem: unknown, status: number): T | null {
  return problem instanceof ApiProblem && problem.status === status ? (problem.body as T) : null;
}
