/** What we say in German while a person helps. */
export const desk: Record<string, string> = {
  propose_book: '**{name}** schlägt einen Termin vor. Ich buche ihn nur, wenn Sie zustimmen.',
  propose_move: '**{name}** schlägt vor, den Termin zu verschieben. Ich verschiebe ihn nur, wenn Sie zustimmen.',
  propose_cancel: '**{name}** schlägt vor, den Termin abzusagen. Ich sage ihn nur ab, wenn Sie zustimmen.',
};
