/** Whether a citizen asks how far their own case is. All languages at once; how long cases take is a question to the documents. */
import { bare, plain } from '../../conversation/filling/control.ts';
import { sieved } from '../../../knowledge/languages/reading/sieve.ts';

const CASE =
  '(?:pratica|pratiche|domanda|richiesta|istanza|protocollo|fascicolo|procedimento|permesso|contributo|rimborso|iscrizione|residenza|application|request|case|file|antrag\\w*|vorgang\\w*|akte|dossier|demande|expediente|solicitud|tramite)';
const MINE = '(?:mi[ao]|nostr[ao]|my|our|mein\\w*|unser\\w*|mon|ma|notre|mi)';
const HOW_FAR =
  '(?:a che punto (?:e|sta|siamo|sono)|che fine ha fatto|come procede|come (?:va|sta andando) (?:avanti )?|quando (?:e|sara) pronta|e (?:gia )?pronta|(?:ci sono )?(?:novita|notizie|aggiornamenti) (?:su\\w*|del\\w*|per)|(?:lo )?stato (?:di |del |della |dell )?(?:avanzamento )?(?:di |del |della |dell )?|avanzamento (?:di |del |della |dell )?|status of|progress of|where is|how far (?:along )?is|what is happening with|stand (?:meine\\w*|von)|wie weit ist|was ist mit|ou en est|etat (?:de|du)|comment avance|estado de|como va|en que (?:punto|estado) esta)';
const HOW_FAR_MINE = sieved(new RegExp(`\\b${HOW_FAR}\\b.{0,30}?\\b${MINE}\\b(?: \\p{L}+){0,1} ?\\b${CASE}\\b`, 'u'));
const HOW_FAR_ALONE = sieved(new RegExp(`\\b${HOW_FAR}\\b`));
const MINE_WORD = sieved(new RegExp(`\\b${MINE}\\b`));
const STAND = sieved(/\bstand meine[rs] (?:antrag\w*|akte|vorgang\w*)\b/);
const NUMBERED = sieved(
  new RegExp(
    `\\b${CASE}\\b(?: (?:di|della|del|per|n|nr|no|num|numero|number|nummer|prot|numero di|numero de|con numero) ?\\p{L}*){0,3} ?\\d{1,7}\\b`,
    'u',
  ),
);
const FOLLOW = sieved(
  /\b(?:seguire|controllare|verificare|consultare|vedere|sapere|conoscere|track|check|follow|verfolgen|prufen|suivre|consulter|seguir|consultar)\b.{0,30}\b(?:pratica|domanda|istanza|richiesta|application|antrag|dossier|demande|expediente|solicitud)\b/,
);
const STATUS_ALONE = sieved(
  /^(?:(?:lo )?stato (?:della |di una )?pratica|stato pratica|case status|application status|status meines antrags|etat du dossier|estado del expediente)$/,
);
/** How it works in general. */
const GENERAL = sieved(
  /^(?:(?:e|ma|scusi|scusa|buongiorno|salve|ciao|senta) )*(?:come (?:si|posso|faccio|funziona)|dove |chi |cosa (?:serve|devo)|quali|che documenti|quanto (?:tempo|costa|dura|ci (?:vuole|mette))|entro quanto|in quanto tempo|how (?:do|can|long)|where (?:do|can)|wie (?:lange|kann)|wo kann|comment (?:puis|faire)|combien|como (?:puedo|se)|cuanto)\b/,
);
/** Appointments, tickets, reports and notices have dialogs of their own; letters of other bodies are not ours. */
const OTHER = sieved(
  /\b(?:appuntament\w*|prenotazion\w*|appointment|booking|termin|rendez ?vous|cita|segnalazion\w*|reports?|numerino|fila|coda|avviso|pagamento|bolletta|passaporto|permesso di soggiorno|visto|mutuo|pensione|inps)\b/,
);

export function wantsStatus(text: string): boolean {
  const said = bare(text);
  // What speaks for it first: it is rare, and the sieve knows at once that it is not there.
  const named = STATUS_ALONE.test(said) || STAND.test(said) || HOW_FAR_MINE.test(said);
  const follows =
    named ||
    (NUMBERED.test(said) && (/\d\s*\/\s*\d{2,4}\b/.test(text) || HOW_FAR_ALONE.test(said))) ||
    (FOLLOW.test(said) && MINE_WORD.test(said));
  return follows && !OTHER.test(said) && (named || !GENERAL.test(said));
}

/** The knowledge speaks of cases in general: their own may be looked up. */
const ABOUT = sieved(
  /\b(?:stato (?:della|di una) pratica|a che punto|seguire (?:la|una) (?:pratica|domanda)|quanto (?:tempo|dura|ci (?:vuole|mette)).{0,40}\b(?:pratica|domanda|residenza|permesso)|status of (?:an|my) application|stand (?:des|meines) antrags|ou en est|estado de (?:un|mi) (?:expediente|tramite|solicitud))\b/,
);
export const aboutStatus = (text: string): boolean => ABOUT.test(plain(text));
