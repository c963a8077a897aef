/** What we say in Spanish while a person helps. */
export const desk: Record<string, string> = {
  propose_book: '**{name}** le propone una cita. La reservo solo si usted confirma.',
  propose_move: '**{name}** le propone cambiar la cita. La cambio solo si usted confirma.',
  propose_cancel: '**{name}** le propone anular la cita. La anulo solo si usted confirma.',
};
