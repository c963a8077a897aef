/** Whether a citizen wants a place in the line, or to know how long it is. All languages at once. */
import { unasked } from '../../conversation/filling/control.ts';
import { sieved } from '../../../knowledge/languages/reading/sieve.ts';

export type LineWish = 'take' | 'look' | 'leave';

const TICKET = sieved(
  /\b(?:numerin[oi]|numerett[oi]|numero (?:per|della|di) (?:la )?(?:fila|coda|turno)|(?:prender\w*|prend[oa]|prendimi|mi prend[ae]|mi prendi|dammi|mi da|mi dai|mi dia|mi fa|voglio|vorrei|serve) (?:il |un )?(?:numero|biglietto|turno|ticket)|biglietto (?:per|di) (?:la )?(?:fila|coda|il turno|lo sportello)|mett(?:ermi|imi|etemi) in (?:fila|coda)|queue (?:number|ticket)|ticket for the queue|join the (?:queue|line)|take a number|wartenummer|nummer ziehen|ticket de (?:file|queue)|numero de turno|sacar numero)\b/,
);
const LOOK = sieved(
  /\b(?:che numero (?:sono arrivati|e arrivato|state servendo|stanno servendo|siamo|siete)|a che numero (?:siamo|siete|sono|sta)|quant[ae] (?:gente|persone) (?:c e|ci sono|aspett\w+|ho davanti|sono in (?:fila|coda))|quanta (?:fila|coda)|c e (?:molta |tanta |troppa )?(?:fila|coda)|quanto (?:c e da|si) aspett\w+|tempo di attesa|quanto (?:devo|dobbiamo) aspettare|how long is the (?:queue|line|wait)|how many people|wie lange (?:ist die schlange|muss ich warten|dauert es)|combien de (?:monde|temps d attente)|cuanta (?:gente|cola))\b/,
);
const LEAVE = sieved(
  /\b(?:lascio|esco dalla|rinuncio alla?|annull\w+|cancell\w+|non aspetto piu|vado via|leave the|cancel|verlassen|quitter|dejar|anular)\b/,
);
/** Tickets of other kinds, and waits for other things than a counter. */
const OTHER = sieved(
  /\b(?:autobus|bus|tram|treno|museo|teatro|concerto|cinema|parcheggio|lotteria|sanitari[oa]|aereo|traghetto|telefono|verde|civico|casa popolare|rimborso|risposta|bonifico|per (?:avere|ricevere|ritirare))\b/,
);

/** `within`: a ticket was just shown or a line looked at, so shorter words do. */
export function lineWish(text: string, within = false): LineWish | null {
  const said = unasked(text);
  const wish = wishIn(said, within);
  return wish && !OTHER.test(said) ? wish : null;
}

function wishIn(said: string, within: boolean): LineWish | null {
  if (within && LEAVE.test(said)) return 'leave';
  if (TICKET.test(said)) return 'take';
  if (LOOK.test(said)) return 'look';
  if (!within) return null;
  if (/\b(?:biglietto|numero|prendilo|prendimelo|ticket|nummer)\b/.test(said)) return 'take';
  return /\b(?:quanto manca|tocca a me|quanto tempo|quanto|aspett\w+|warten|wait|attendre|esperar)\b/.test(said) ? 'look' : null;
}
