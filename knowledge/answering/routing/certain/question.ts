/** How things work in general, whoever asks: the documents answer, though the words are those of an act ("come si paga la TARI?"). */
import { words } from './fold.ts';

const OPENING =
  '^(?:(?:e|ma|scusi|scusa|scusate|buongiorno|buonasera|salve|ciao|senta|vorrei sapere|volevo sapere|mi (?:sa|puo|potete|sapete) dire|sapete|sapete dirmi|gentilmente|per favore|hello|hi|hallo|bonjour|hola|please|bitte) )*';
const ACT =
  '(?:pag|prenot|disdi|annull|cancell|spost|segnal|rimand|vers|richied|fa|fanno|ottien|present|iscriv|rinnov|rif|cambi|control|verific|usa|ritir|butt|compil)';
const GENERAL = [
  new RegExp(
    `${OPENING}(?:come|dove|quando|quanto|quanti|quante|quanta|entro quando|fino a quando|da quando|cosa|a chi|chi|perche) (?:si|ci si) ${ACT}\\w*`,
  ),
  new RegExp(
    `${OPENING}(?:bisogna|occorre|serve|servono|ci vuole|ci vogliono|e (?:necessari|obbligatori)\\w*|conviene|si (?:deve|devono|puo|possono)(?! (?:pagare|saldare|versare|ricaricare))) (?:\\w+ ){0,2}(?:prenotare|appuntamento|pagare|disdire|annullare|prenotazione|la prenotazione|l appuntamento|fare|avere|portare|delegare|presentare|marca|bollo)`,
  ),
  /\bsi puo venire senza\b|\bsenza (?:appuntamento|prenotazione|prenotare)\b/,
  /^(?:how (?:do|does|can|should) (?:i|you|one|we|people) (?:book|cancel|pay|report|make|get|apply|reschedule|complain|change)|do (?:i|you|we) (?:need|have to) |is it (?:possible|necessary|mandatory)|who (?:has to|must|can|needs)|what (?:do i need|documents|papers|happens|is the (?:fee|cost)))/,
  /^(?:wie (?:bezahlt|zahlt|bucht|meldet|sagt|kann|viel kostet|lange (?:gilt|dauert)|teuer)|brauche ich|braucht man|muss (?:man|ich)|darf (?:man|ich|jemand)|wer (?:muss|darf|kann|bekommt)|welche|gilt)/,
  /^(?:comment (?:on|faire|obtenir|prendre|se passe|peut on|annule)|faut il|est ce qu il faut|dois je|doit on|qui (?:doit|peut)|quels? (?:documents|papiers|sont)|quelles? (?:pieces|sont)|combien coute)/,
  /^(?:como se|hace falta|hay que|se puede|que (?:documentos|necesito|papeles|hace falta|pasa)|quien (?:debe|tiene|puede|paga)|cuanto (?:cuesta|vale|tarda))/,
  words(
    'chi (?:la |lo |li |le )?(?:deve|devono) pagare|che (?:tassa|documenti|requisiti)|quali (?:sono|documenti|requisiti)|cosa (?:succede|rischi\\w*|serve|devo portare|bisogna)|che succede|quanto (?:costa|costano|dura|vale)|a che ora (?:apre|aprite|chiude|chiudete)|che orari|quali orari (?:fate|fa)|dove (?:si trova|e (?:l|il|la)|sono gli uffici)',
  ),
];
/** The citizen's own matter after all. */
const OWN = words(
  'mi(?:o|a|ei|e) (?:pratica|domanda|richiesta|carta|multa|avviso|appuntamento|prenotazione|segnalazione|istanza|certificat\\w+|rimborso|document\\w+)|ho (?:ricevuto|preso|un avviso|fatto|gia|chiesto|l avviso)|mi e (?:arrivat\\w+|scadut\\w+)|quest[oa] (?:avviso|multa|bollettino|fattura)|my (?:application|appointment|fine|bill|card|id)|mein\\w* (?:antrag|termin|ausweis|karte|rechnung)|ma (?:demande|carte|facture)|mon (?:dossier|rendez)|mi (?:solicitud|cita|multa|tarjeta|expediente)|adesso|qui|con te|da te|in chat|here|hier|ici|aqui|in questo momento|right now|gerade|en ce moment|ahora|oggi',
);

export function isGeneral(said: string): boolean {
  return GENERAL.some((pattern) => pattern.test(said)) && !OWN.test(said);
}
