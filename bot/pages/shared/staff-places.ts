/** A staff page of several places, one at a time, told by the address after `#`. */
import { StaffShell } from './staff-shell.ts';

export abstract class StaffPlaces extends StaffShell {
  static override properties = { ...StaffShell.properties, place: { state: true }, done: { state: true } };
  /** Shown when the address names none. */
  protected abstract readonly first: string;
  declare place: string;
  /** What was just done, in words. */
  declare done: string;
  /** Whose problem is shown. */
  private troubled: EventTarget | null = null;

  constructor() {
    super();
    this.place = '';
    this.done = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.place = location.hash.slice(1) || this.first;
    addEventListener('hashchange', () => {
      this.place = location.hash.slice(1) || this.first;
      this.problem = '';
      this.troubled = null;
      this.done = '';
      void this.updateComplete.then(() => this.querySelector<HTMLElement>('main h1')?.focus());
    });
  }

  protected onProblem(event: CustomEvent<unknown>): void {
    const problem = event.detail;
    // Several parts of a place read at once: one that goes well says nothing of what went wrong in another.
    if (!problem && event.target !== this.troubled) return;
    this.troubled = problem ? event.target : null;
    void this.attempt(async () => {
      if (problem) throw problem;
    });
  }
}
