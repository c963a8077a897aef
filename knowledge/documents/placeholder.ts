/** What a new page begins with until somebody writes: shown to editors, never to citizens (gate.ts). */
export const PLACEHOLDERS = {
  page: 'Scrivi qui che cos’è, con frasi brevi.',
  answer: 'Scrivi qui la risposta, con frasi brevi.',
} as const;

/** The words of ours that still stand in a text; null = none. */
export function placeholderIn(text: string): string | null {
  return Object.values(PLACEHOLDERS).find((words) => text.includes(words)) ?? null;
}
