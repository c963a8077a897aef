/** What the browser remembers: the conversation in its tab, the reader's choices on this machine. Works without storage too. */

/** The conversation lives in its tab: the next person at a shared computer must not see it. */
export function tabStorage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

export function settings(): { size: number; theme: number; lang: string } {
  try {
    return { size: 0, theme: 0, lang: '', ...(JSON.parse(storage()?.getItem('sportello-settings') ?? '{}') as object) };
  } catch {
    return { size: 0, theme: 0, lang: '' };
  }
}

export function remember(value: { size: number; theme: number; lang: string }): void {
  try {
    storage()?.setItem('sportello-settings', JSON.stringify(value));
  } catch {
    // Private windows may forbid it: then the choice lasts as long as the page.
  }
}
