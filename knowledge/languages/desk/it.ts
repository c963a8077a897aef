/** What we say in Italian while a person helps. */
export const desk: Record<string, string> = {
  propose_book: '**{name}** ti propone un appuntamento. Lo prenoto solo se confermi tu.',
  propose_move: '**{name}** ti propone di spostare l’appuntamento. Lo sposto solo se confermi tu.',
  propose_cancel: '**{name}** ti propone di disdire l’appuntamento. Lo disdico solo se confermi tu.',
  deskAnswered: '**Risposta alla tua richiesta n. {number}**, da {name}:\n\n{text}',
  consentYes: 'Sì, acconsento',
  consentNo: 'No, grazie',
  consentContact:
    '**{name}** ti chiede un recapito, per poterti ricontattare: scrivi un numero di telefono o un’e-mail. Se non vuoi, scegli «No, grazie».',
  consentPermission: '**{name}** ti chiede il permesso: {text}\n\n**Acconsenti?**',
  consentElsewhere:
    'Della tua richiesta si occupa **{body}**. **{name}** può passare questa conversazione, con i dati che hai scritto, a {address}.\n\n**Acconsenti?**',
  consentThanks: 'Grazie, l’ho annotato.',
  consentRefused: 'Va bene: resta tutto qui, e la conversazione continua.',
  elsewhereDone: 'Ho passato la conversazione a **{body}**, che ti risponderà. Da ora ti risponde di nuovo il sistema automatico.',
};
