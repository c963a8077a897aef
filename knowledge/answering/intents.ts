/** What is not a question to the documents: a person asked for, an emergency, a courtesy. Word rules, written for precision. */
import type { UnderstoodQuestion } from './question.ts';

type Kind = UnderstoodQuestion['kind'];

const PERSON =
  '(?:person[ae]|operator[ei]?|operatrice|umano|essere umano|impiegat[oa]|addett[oa]|qualcuno|funzionari[oa]|agente|human|real person|agent|operator|someone|somebody|mensch(?:en)?|mitarbeiter(?:in)?|berater|jemand(?:em)?|personne|quelqu.?un|conseiller|operateur|opérateur|persona|alguien|operador|agente)(?![a-zà-ÿ])';
const HUMAN = [
  new RegExp(
    `(?:parl[aeo]\\w*|passa\\w*|metti\\w*|chied\\w+ di|contatt\\w+|comunic\\w+|voglio|vorrei|serve|bisogno di|c.?è|trasferi\\w+)\\b.{0,25}\\b${PERSON}(?:\\s+(?:vera?|reale|fisica|in carne))?`,
    'i',
  ),
  new RegExp(`(?:speak|talk|chat|connect|transfer|put me|want|need|get me)\\b.{0,25}\\b${PERSON}`, 'i'),
  new RegExp(
    `(?:sprechen|reden|verbinden|möchte|moechte|will|brauche)\\b.{0,30}\\b${PERSON}|\\b${PERSON}\\b.{0,20}(?:sprechen|reden)`,
    'i',
  ),
  new RegExp(`(?:parler|joindre|passez|veux|voudrais|besoin)\\b.{0,25}\\b${PERSON}`, 'i'),
  new RegExp(`(?:hablar|comunicar|pasar|quiero|necesito|quisiera)\\b.{0,25}\\b${PERSON}`, 'i'),
  /^(?:un |una |l.)?(?:operatore|operatrice|persona|umano|human|agent|mitarbeiter|persona real)\W*$/i,
  /non voglio (?:parlare con )?(?:un |il |la )?(?:bot|robot|macchina|chatbot)/i,
];
/** "Who may speak for a person", "how many persons": the word alone asks for nobody. */
const NOT_HUMAN =
  /\b(?:altra persona|un.altra persona|persona (?:anziana|disabile|delegata|defunta|morta|straniera|invalida)|persone (?:in|che|con)|for another person|für eine andere|se la persona|quale (?:operatore|impiegato)|chi è|(?:allo|agli) sportell[oi]|di persona)\b/i;

const EMERGENCY: [string, RegExp][] = [
  [
    '112',
    /\b(?:incendio|va a fuoco|sta bruciando|infarto|non respira|sta morendo|perde sangue|ferit[oa] grave|incidente (?:grave|adesso)|fuga di gas|mi sta(?:nno)? (?:aggredendo|picchiando|seguendo)|ladr[io] in casa|house is on fire|heart attack|not breathing|es brennt|herzinfarkt|au feu|crise cardiaque|incendio en)\b/i,
  ],
  [
    '1522',
    /\b(?:mio marito|il mio compagno|il mio ex|mi)\b.{0,30}\b(?:picchia|mena|violent\w*|minaccia|perseguita)\b|violenza (?:domestica|in casa)|stalking|domestic violence|häusliche gewalt|violences? conjugales?|violencia (?:doméstica|de género)/i,
  ],
  [
    'suicide',
    /\b(?:suicid\w+|farla finita|togliermi la vita|ammazzarmi|non voglio più vivere|uccidermi|kill myself|end my life|umbringen|me tuer|matarme|quitarme la vida)\b/i,
  ],
];

const COURTESY: [string, RegExp][] = [
  [
    'greeting',
    /^(?:ciao|salve|buongiorno|buon giorno|buonasera|buona sera|buon pomeriggio|hey|hello|hi|good (?:morning|evening|afternoon)|hallo|guten (?:tag|morgen|abend)|grüß gott|bonjour|bonsoir|salut|hola|buenos días|buenas tardes|buna ziua|dober dan)\b[\s\p{P}\p{Emoji}]*$/iu,
  ],
  [
    'thanks',
    /^(?:ok[, ]*)?(?:grazie|molte grazie|grazie mille|ti ringrazio|thanks|thank you|many thanks|danke|vielen dank|merci|merci beaucoup|gracias|muchas gracias|perfetto|ottimo|va bene)(?:\s+(?:mille|tante|molte|infinite|very much|so much|schön|sehr|bien))*[\s\p{P}\p{Emoji}]*$/iu,
  ],
  [
    'bye',
    /^(?:arrivederci|a presto|addio|buona giornata|bye|goodbye|tschüss|auf wiedersehen|au revoir|adiós|hasta luego)[\s\p{P}\p{Emoji}]*$/iu,
  ],
  [
    'who',
    /^(?:chi sei|cosa sei|sei un (?:robot|bot|umano)|sei una persona|who are you|are you (?:a )?(?:human|robot|bot)|wer bist du|wer sind sie|qui es-tu|qui êtes-vous|quién eres)[\s\p{P}]*$/iu,
  ],
  ['nothing', /^[\s\p{P}\p{Emoji}\p{S}]*$/u],
];

/** `detail`: which numbers to show, or which courtesy to return. */
export function recogniseIntent(text: string): { kind: Kind; detail?: string } {
  for (const [detail, pattern] of EMERGENCY) if (pattern.test(text)) return { kind: 'emergency', detail };
  for (const [detail, pattern] of COURTESY) if (pattern.test(text)) return { kind: 'smalltalk', detail };
  if (HUMAN.some((pattern) => pattern.test(text)) && !NOT_HUMAN.test(text)) return { kind: 'human' };
  return { kind: 'question' };
}
