/** Whether a citizen wants to give a rating. A complaint about the body itself is for a person, or for the documents. */
import { plain } from '../../conversation/filling/control.ts';
import { sieved } from '../../../knowledge/languages/reading/sieve.ts';

const RATE = sieved(
  /\b(?:(?:lasci\w*|dare|dai|do|darti|darvi|esprim\w+|mandare|inviare|scrivere) (?:un |una |il (?:mio )?|la (?:mia )?|dei )?(?:voto|giudizio|valutazione|feedback|recensione|parere|stelle)|valut(?:a|o|are) (?:il servizio|la risposta|questo servizio|questa risposta|la chat|l assistente|questa pagina)|(?:give|leave|send) (?:you |some |a |my )*(?:feedback|rating|review)|rate (?:this|the|your) (?:service|answer|chat)|(?:feedback|bewertung) (?:geben|abgeben|schicken)|(?:diesen? |den )?(?:dienst|chat|antwort) bewerten|(?:donner|laisser) (?:un |mon |une )?(?:avis|note|evaluation)|(?:evaluer|noter) (?:le|ce|la) (?:service|reponse)|(?:dejar|dar) (?:una? |mi )?(?:opinion|valoracion|nota)|valorar (?:el|este|la) (?:servicio|respuesta))\b/,
);

export const wantsRating = (text: string): boolean =>
  RATE.test(plain(text)) && !/^(?:come|dove|chi|how|where|wie|comment|como)\b/.test(plain(text));
