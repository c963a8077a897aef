/** What the views of the console have in common: light DOM, and problems told to the page that holds them. */
import { LitElement } from 'lit';
import { ApiProblem } from '../shared/staff-api.ts';

export abstract class EditorView extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Runs a piece of work; the page shows what went wrong. Resolves with whether it went well. */
  protected async attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.tell(null);
      return true;
    } catch (problem) {
      this.tell(problem);
      return false;
    }
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
