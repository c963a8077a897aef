/** What we say in English while a person helps. */
export const desk: Record<string, string> = {
  propose_book: '**{name}** suggests an appointment. I book it only if you confirm.',
  propose_move: '**{name}** suggests moving the appointment. I move it only if you confirm.',
  propose_cancel: '**{name}** suggests cancelling the appointment. I cancel it only if you confirm.',
};
