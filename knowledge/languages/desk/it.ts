/** What we say in Italian while a person helps. */
export const desk: Record<string, string> = {
  propose_book: '**{name}** ti propone un appuntamento. Lo prenoto solo se confermi tu.',
  propose_move: '**{name}** ti propone di spostare l’appuntamento. Lo sposto solo se confermi tu.',
  propose_cancel: '**{name}** ti propone di disdire l’appuntamento. Lo disdico solo se confermi tu.',
};
