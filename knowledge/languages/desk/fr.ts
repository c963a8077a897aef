/** What we say in French while a person helps. */
export const desk: Record<string, string> = {
  propose_book: '**{name}** vous propose un rendez-vous. Je le réserve seulement si vous confirmez.',
  propose_move: '**{name}** vous propose de déplacer le rendez-vous. Je le déplace seulement si vous confirmez.',
  propose_cancel: '**{name}** vous propose d’annuler le rendez-vous. Je l’annule seulement si vous confirmez.',
};
