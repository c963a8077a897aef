/** What the views of the settings have in common: read at start, save and say so, words of a form as a value. */
import type { PropertyValues } from 'lit';
import { EditorView } from '../editor/view.ts';

export abstract class SettingsView extends EditorView {
  protected abstract load(): Promise<void>;

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.attempt(() => this.load());
  }

  /** Saves what the form holds; the form stays as it was when that fails. */
  protected async save(
    event: SubmitEvent,
    words: string,
    work: (data: Record<string, string>, form: HTMLFormElement) => Promise<unknown>,
  ): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
    const done = await this.attempt(async () => {
      await work(data, form);
      this.say(words);
      await this.load();
    });
    if (done && form.dataset['once'] !== undefined) form.reset();
  }
}
