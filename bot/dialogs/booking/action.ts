/** What a citizen wants done about an appointment, in words; null = nothing, or a question about how appointments work. All languages at once. */
import { bare, plain } from '../../conversation/filling/control.ts';
import { codesIn } from './codes.ts';
import { sieved } from '../../../knowledge/languages/reading/sieve.ts';
import { rememberingText } from '../../../knowledge/languages/reading/text.ts';

/** `which`: there is an appointment, but not said what to do with it. */
export type Action = 'book' | 'move' | 'cancel' | 'show' | 'which';

const has = (source: string) => sieved(new RegExp(`\\b(?:${source})\\b`));
const NOUN = has(
  'appuntament\\w*|apuntament\\w*|appuntam|prenotazion\\w*|prenotat[oaie]|appointment\\w*|booking|reservation|termin(?:e|s|en)?|terminbuchung|reservierung|rendez ?vous|rdv|cita|reserva|programare\\w*|pratica|pratiche',
);
const CODE = sieved(/\b(?:codice|code|codigo)\b/);
const CANCEL = has(
  'disd\\w+|annull\\w+|cancell\\w+|elimin\\w+|tog(?:li|lie|go|lia)\\w*|rinunci\\w+|cancel|call off|absagen|stornieren|loschen|annuler|supprimer|anular|anulez|cancelar|anulare|non (?:mi )?serve piu|non lo voglio piu|non (?:vengo|verro) piu',
);
const MOVE = has(
  'spost\\w+|anticip\\w+|posticip\\w+|rimand\\w+|rinvi\\w+|riprogramm\\w+|cambi(?:are|o|a|amo|ate|armi) (?:(?:il|la|l|un|mio|giorno|data|ora|orario|di) )*(?:giorno|data|ora|orario|appuntamento|prenotazione)|modific\\w+ (?:(?:l|la|il|un|una|mio|mia|di) )*(?:appuntamento|prenotazione|data|orario|giorno)|reschedule|postpone|move|change (?:my|the|an) (?:appointment|booking)|verschieben|verlegen|umbuchen|deplacer|decaler|reporter|aplazar|mover|reprogramar|cambiar (?:mi|la) cita|mut(?:a|ati) programarea',
);
const SHOW = has(
  'stato (?:del|della|di)|confermat[oa]|risulta|quand e|quando (?:e|ho|era|avevo)|a che ora|che (?:ora|giorno) (?:e|ho|era)|ved(?:ere|erlo|erla|i)|ricord\\w+|dimenticat\\w*|status|when is|what time|check|see|wann ist|nachsehen|ansehen|quand est|a quelle heure|voir|cuando es|a que hora|ver',
);
const LOOK = has('controll\\w+|verific\\w+|consult\\w+|a che punto|uberpruf\\w+|verifier');
const WAS = sieved(
  /\b(?:a che ora|quando|che giorno|dove) (?:e|era|ho|avevo|sarebbe) (?:il|l|la|mio|mia)\b|\b(?:a che ora|che giorno|quando) (?:era|ce l ho|ce l avevo)\b/,
);
const MINE = has('mio|mia|miei|mie|nostro|nostra|my|mein\\w*|mon|mes|mi cita|mis citas');
const HAVE = has(
  '(?:ho|avrei|c ho) (?:gia )?(?:un |una |l |preso |fissato |prenotat[oa])|avevo (?:preso |fissato |prenotat[oa]|un )|ho (?:preso|fissato|prenotato)|i have an|i have a booking|ich habe (?:einen|schon)|j ai (?:un|pris|deja)|tengo (?:una|cita)',
);
const CANNOT =
  /\b(?:non (?:posso|riesco|ce la faccio|ci sono)|impegn\w*|lavoro|visita|partire|parto|can t|cannot|nicht (?:kommen|konnen)|ne peux|no puedo)\b/;
const OBSTACLE = sieved(
  new RegExp(
    `\\b(?:ma|pero|but|aber|mais)\\b.*(?:${CANNOT.source}|\\b(?:quel giorno|quell ora|quella data)\\b)|\\bnon (?:posso|riesco a) (?:piu )?venire\\b`,
  ),
);
const OTHERWISE = sieved(
  /\b(?:altro giorno|altra data|altra ora|altro orario|giorno dopo|un altra volta|another day|anderer tag|autre jour|otro dia)\b/,
);
const BOOK = has(
  'prenot(?!at[oaie]|azion)\\w+|prenotatemi|(?:prendere|avere|fissare|dare|serve|darmi) (?:un |l )?(?:appuntament\\w*|posto)|fissar\\w+|fissate\\w*|book|make an appointment|schedule|buchen|vereinbaren|termin|prendre (?:un )?(?:rendez ?vous|rdv)|reserver|pedir (?:una )?cita|reservar|programare|programez',
);
const DAY = sieved(
  /\b(?:oggi|domani|dopodomani|domattina|stamattina|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|settimana prossima|prossima settimana|il \d{1,2}|today|tomorrow|monday|tuesday|wednesday|thursday|friday|next week|heute|morgen|montag|dienstag|mittwoch|donnerstag|freitag|demain|lundi|mardi|mercredi|jeudi|vendredi|manana|lunes|martes|miercoles|jueves|viernes)\b/,
);
const ROOM = sieved(
  /\b(?:c e posto|ci sono posti|avete (?:un )?(?:posto|buco)|un buco|infilarmi|mi prendete|siete liberi|any room|any slot|free slot|frei)\b/,
);
/** "When may I come for …": asked of the calendar, not of the documents. */
const COME = sieved(
  /\b(?:quando|quanno|a che ora|che giorno|che giorni)\b.*\b(?:posso|potrei|possiamo|si puo|se po|c e posto|avete posto|siete liberi)\b.*\b(?:venire|veni|passare|presentarmi)\b|\b(?:vorrei|volevo|voglio|posso|potrei|devo) (?:veni(?:re|r)?|passare|andare) (?:[\p{L}]+ ){0,2}?(?:da voi|sportello|ufficio|anagrafe|comune|oggi|domani|dopodomani|domattina|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|il \d+)\b/u,
);
/** How appointments work is a question to the documents. */
const ABOUT = sieved(
  /^(?:(?:e|ma|se|scusi|scusa|buongiorno|buonasera|salve|ciao|senta|vorrei sapere|volevo sapere|mi (?:sa|puo|potete) dire|sapete|hello|hi|hallo|bonjour|hola) )*(?:come|dove|con chi|a chi|da dove|perche|quanto|chi|in che modo|serve|servono|occorre|bisogna|ci vuole|e (?:necessari|obbligatori)\w*|si (?:deve|puo|prenota|fa)|posso (?:\w+ )?senza|cosa (?:serve|succede|devo|bisogna)|che (?:documenti|cosa|succede)|quali documenti|how|where|do i need|is an appointment|wie|wo|brauche ich|muss ich|comment|ou|faut il|dois je|como|donde|necesito|hay que|hace falta)\b/,
);
const MUST = sieved(/\bdevo (?:per forza )?(?:prenotare|prendere|fissare|avere)\b/);
const REMOTE = sieved(/\bonline\b|\bper telefono\b|\bsenza (?:appuntamento|prenotare|prenotazione)\b/);
/** Booked too, but not at our counters. */
const ELSEWHERE = sieved(
  /\b(?:sala|sale|palestra|campo|piscina|palazzetto|libr[oi]|tavol[oi]|hotel|albergo|volo|treno|vaccin\w*|medic[oa]|visita (?:medica|guidata)|museo|teatro|concerto|ritiro|ingombranti|sperrmull|bulky|loculo|room|hall)\b/,
);

/** The verb is all that is said: "I need to cancel". */
const ALONE =
  /^(?:(?:buongiorno|salve|ciao|scusi|scusate|voglio|vorrei|volevo|devo|dovrei|mi serve|ho bisogno di|posso|potrei|per favore|please|i need to|i want to|ich mochte|ich muss|je voudrais|quiero) )*(disdire|disdetta|annullare|cancellare|spostare|rimandare|anticipare|posticipare|cancel|reschedule|absagen|verschieben|annuler|deplacer|anular)(?: per favore| please)?$/;
const IT = sieved(
  /\b(?:disdi(?:re?)?|cancella(?:re?)?|annulla(?:re?)?|elimina(?:re?)?)l[oa]\b|\bl[oa] (?:annull|cancell|elimin)[iao]\b|\bl[oa] disdi(?:ca|co|ci)\b/,
);
const MOVE_IT = sieved(/\b(?:spostar|rimandar|anticipar|posticipar)l[oa]\b/);
const NOT_IT = sieved(/\bnon (?:l[oa] |mi |ce l[oa] )?(?:spost|annull|cancell|disd|elimin)\w+/);
/** "I am ill and cannot come tomorrow, I would like to cancel": the appointment is not named, the obstacle is. */
const CANNOT_COME = sieved(
  /\bnon (?:posso|riesco|riusciamo|possiamo)(?: (?:piu|proprio|a))* (?:venire|esserci|presentarmi)\b|\bcan(?:not| t) (?:come|make it)\b/,
);
const WANTS_MOVED = sieved(/\b(?:spost|rimand|rinvi|posticip|anticip)(?:ar\w+|iamo|ate|o|a|i)\b|\breschedule\b/);
const HAD_BOOKED = sieved(/\b(?:ho|avevo) (?:gia )?(?:prenotato|fissato|preso)\b/);
const MY_OWN = sieved(/\b(?:mio|mia|my|mein\w*|mon|mi) (?:appuntamento|prenotazione|appointment|booking|termin|rendez ?vous|cita)\b/);
const WANTS_OFF = sieved(/\b(?:disdi\w+|annull\w+|cancell\w+|cancel)$/);

/** Asked of a message by several dialogs. */
const readOnce = rememberingText((text): { action: Action | null } => ({ action: read(text) }));

export const readAction = (text: string): Action | null => readOnce(text).action;

function read(text: string): Action | null {
  const said = bare(text);
  // What speaks for an act comes first: most messages hold nothing of it, and how they are put need not be looked at.
  const noun = NOUN.test(said);
  const theirs = MINE.test(said) || HAVE.test(said);
  let general: boolean | undefined;
  const about = (): boolean => (general ??= isGeneral(said, text));
  const pointed = noun || (CODE.test(said) && /\d/.test(text));
  if (pointed && (theirs || !about())) {
    if (MOVE.test(said)) return 'move';
    if (CANCEL.test(said)) return 'cancel';
  }
  if (noun && ((HAVE.test(said) && OBSTACLE.test(said)) || (CANNOT.test(said) && OTHERWISE.test(said)))) return 'move';
  if (CANNOT_COME.test(said) && !about()) {
    if (WANTS_MOVED.test(said)) return 'move';
    if (WANTS_OFF.test(said)) return 'cancel';
  }
  const alone = ALONE.exec(said)?.[1];
  if (alone) return MOVE.test(alone) ? 'move' : 'cancel';
  if (HAD_BOOKED.test(said) && OBSTACLE.test(said)) return 'move';
  if (noun && ((theirs && SHOW.test(said)) || ((LOOK.test(said) || WAS.test(said)) && !about()))) return 'show';
  if (MY_OWN.test(said) && !about()) return 'which';
  if (noun && HAVE.test(said) && !BOOK.test(said)) return 'which';
  if (!noun && !BOOK.test(said) && !COME.test(said) && !(ROOM.test(said) && DAY.test(said))) return null;
  if (about() || ELSEWHERE.test(said) || /\bpratic(?:a|he)\b/.test(said)) return null;
  return /\bprenotat[oaie]\b/.test(said) && !BOOK.test(said) ? null : 'book';
}

const isGeneral = (said: string, text: string): boolean =>
  REMOTE.test(said) || (ABOUT.test(said) && !(DAY.test(said) && BOOK.test(said))) || (text.includes('?') && MUST.test(said));

/** Inside a form about a booking that exists: the citizen wants something else done with it. */
export function changesTo(text: string, now: Action): Action | null {
  const said = plain(text);
  if (NOT_IT.test(said)) return null;
  const other = readAction(text);
  if (now === 'book' && (IT.test(said) || MOVE_IT.test(said))) return IT.test(said) ? 'cancel' : 'move';
  if (now === 'move' && WAS.test(said)) return 'show';
  if (now === 'book') return other && other !== 'book' && (MINE.test(said) || HAVE.test(said) || CODE.test(said)) ? other : null;
  if (
    /\b(?:altro|nuovo|another|new|neuen|weiteren|autre|otra) (?:appuntamento|appointment|termin|rendez ?vous|cita)\b/.test(said) &&
    other === 'book'
  )
    return 'book';
  if (
    now !== 'move' &&
    /\b(?:spost\w+|anticip\w+|posticip\w+|rimand\w+|rinvi\w+|cambi\w+ (?:giorno|data|ora\w*)|reschedule|move|postpone|verschieben|deplacer|cambiar)\b/.test(
      said,
    )
  )
    return 'move';
  if (
    (now !== 'cancel' &&
      /\b(?:cancell\w+|disdi\w+|annull\w+ (?:l |la |il |il mio )?(?:appuntamento|prenotazione)|annullarlo|annullalo|toglietelo|cancel (?:it|the|my)|absagen|stornieren|annuler|anular)\b/.test(
        said,
      )) ||
    (now === 'move' && IT.test(said))
  )
    return 'cancel';
  return null;
}

/** Which of the three things; a code alone asks to see its booking. */
export function whichOf(text: string): Exclude<Action, 'which'> | null {
  const action = readAction(text);
  if (action && action !== 'which') return action;
  const other = changesTo(text, 'show');
  if (other && other !== 'which') return other;
  return /\b(?:veder|mostra|controll|see|show|anzeigen|sehen|voir|ver)\w*/i.test(text) || codesIn(text).booking ? 'show' : null;
}
