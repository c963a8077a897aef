/** A staff page of several places, one at a time, told by the address after `#`. */
import { StaffShell } from './staff-shell.ts';

export abstract class StaffPlaces extends StaffShell {
  static override properties = { ...StaffShell.properties, place: { state: true }, done: { state: true } };
  /** Shown when the address names none. */
  protected abstract readonly first: string;
  declare place: string;
  /** What was just done, in words. */
  declare done: string;

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
      this.done = '';
      void this.updateComplete.then(() => this.querySelector<HTMLElement>('main h1')?.focus());
    });
  }

  protected onProblem(event: CustomEvent<unknown>): void {
    const problem = event.detail;
    void this.attempt(async () => {
      if (problem) throw problem;
    });
  }
}
