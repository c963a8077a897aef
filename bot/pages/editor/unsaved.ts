/** What somebody wrote and could not save, kept in this tab until it is: a session that ends in mid-sentence must cost nothing. */

export interface Unsaved {
  title: string;
  markdown: string;
  audience: string;
  lang: string;
  phrasings: string[];
  office?: string;
  url: string | null;
  validFrom: string | null;
  validUntil: string | null;
  owner: string | null;
  reviewBy: string | null;
  translationOf: string | null;
}

const keyOf = (person: string, page: string) => `sportello-unsaved:${person}:${page}`;

export function keepUnsaved(person: string, page: string, written: Unsaved): void {
  try {
    sessionStorage.setItem(keyOf(person, page), JSON.stringify(written));
  } catch {
    // Full or forbidden: the page still shows that it is not saved.
  }
}

export function dropUnsaved(person: string, page: string): void {
  sessionStorage.removeItem(keyOf(person, page));
}

/** null = everything was saved. */
export function readUnsaved(person: string, page: string): Unsaved | null {
  const kept = sessionStorage.getItem(keyOf(person, page));
  return kept === null ? null : (JSON.parse(kept) as Unsaved);
}
