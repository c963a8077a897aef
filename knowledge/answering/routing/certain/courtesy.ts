/** A message that is nothing but courtesy: every word of it is a greeting, a thanks, a farewell or a filler. */

import { sieved } from '../../../languages/reading/sieve.ts';

export type Courtesy = 'greeting' | 'thanks' | 'bye' | 'who' | 'dropped' | 'nothing';

const list = (text: string) => new Set(text.split(' '));
const GREETING = list(
  'ciao ciaoo ciaooo salve buongiorno buonasera buondi buonpomeriggio bongiorno ehi ehila ehy hey hello hi hallo moin gruss servus bonjour bonsoir salut coucou hola buenas buenos buna dober zdravo morning evening afternoon guten morgen abend tag matin dias tardes noches allo pronto',
);
const THANKS = list(
  'grazie ringrazio ringraziamo gentilissimo gentilissima gentile thanks thank thx ty danke dankeschon merci gracias multumesc hvala perfetto perfect perfekt parfait perfecto ottimo benissimo capito chiaro ok okay okk okey bene super great vale alles klar accordo accord entendido entiendo understood verstanden compris apposto',
);
const BYE = list('arrivederci arrivederla addio presto bye goodbye tschuss tschau wiedersehen revoir adios luego bientot cheers ciaociao');
const FILLER = list(
  'a al alle buon buona giornata serata notte pomeriggio giorno sera lavoro weekend fine settimana domenica natale pasqua anno auguri mille tante molte infinite davvero proprio e ed ma si no d posto cosi va bene tutto per ora basta la il lo le ti vi mi caro cara cari tutti voi bot signora signore signor comune ufficio ancora anche altro niente nulla solo questo importa problema fa stesso scusa scusi scusate disturbo molto di cuore vediamo allora ci ah oh eh bravo gentile gentili pomeriggio a risentirci good have nice day you so much very all that s there everyone for your help the it is was no too dear lot many fine cool auf der sehr schon vielen dank gut das ist war alles noch einen schonen ihnen dir bis bald zusammen au tout est c beaucoup bien bonne journee soiree vous toi madame monsieur a tous muchas mil por todo es eso hasta buen dia muy amable senor senora ziua den dan noch lepa ça ca y o te des cela',
);
const WHO = sieved(
  /^(?:(?:ma|e|scusa|ciao|buongiorno|salve|tu|but|hi|hello|und|et|hola|sorry|allora|oh|dimmi|senti) )*(?:chi sei(?: tu)?|cosa sei|che cosa sei|con chi (?:sto parlando|parlo)|come ti chiami|qual e il tuo nome|sei (?:un|una) (?:robot|bot|umano|macchina|computer|persona|persona vera|ia|intelligenza artificiale|chatbot)(?: o (?:un |una )?\w+(?: \w+)?)?|sei (?:vero|reale|umano|umana|automatico)|cosa (?:sai|puoi) fare(?: per me)?|che (?:cosa )?(?:sai|puoi) fare(?: per me)?|a cosa servi|who are you|what are you|what s your name|what is your name|are you (?:a |an )?(?:human|robot|bot|machine|real|real person|ai)(?: or (?:a )?\w+)?|what can you do(?: for me)?|wer bist du|wer sind sie|wie heisst du|wie heissen sie|bist du (?:ein|eine) (?:roboter|bot|mensch|maschine)|was kannst du(?: alles)?|qui es tu|tu es qui|qui etes vous|(?:es tu|tu es|vous etes|etes vous) un (?:robot|humain|bot)|comment (?:tu t appelles|t appelles tu|vous appelez vous)|quien eres|eres un (?:robot|bot|humano)|como te llamas|que (?:puedes|sabes) hacer)$/,
);
/** What was asked is let go, and nothing else is said. */
const DROPPED = sieved(
  /^(?:(?:no|ma|dai|ok|va bene|vabbe|allora|grazie|mah|beh) )*(?:lasci(?:a|amo|ate)? (?:stare|perdere)|fa niente|non fa niente|non importa|non mi serve piu|never ?mind|forget it|leave it|vergiss es|lass (?:es|gut sein)|schon gut|laisse(?:z|s)? tomber|tant pis|dejalo|olvidalo|no importa)(?: (?:grazie|thanks|danke|merci|gracias|lo stesso))*$/,
);
const KIND = sieved(
  /^(?:ok )?(?:grazie|thanks|thank you|danke|merci|gracias)(?: mille| tante| molte| so much| beaucoup| sehr| schon)? (?:sei|e|lei e|you ve been|you are|you re|du bist|sie sind|tu es|vous etes|eres|es)(?: stat[oa]| very| sehr| tres| muy| molto| davvero)* \w+$/,
);
const HOW = sieved(
  /^(?:(?:ciao|ehi|salve|buongiorno|hello|hi|hey|hallo|bonjour|salut|hola|e|tu|and|und|grazie|bene|tutto|ca va|buenas) )*(?:come (?:stai|sta|va|state|va oggi|stai oggi)|tutto bene|che si dice|how are you(?: doing)?(?: today)?|how s it going|what s up|wie geht s|wie geht es (?:dir|ihnen)|ca va|comment (?:ca va|vas tu|allez vous)|que tal|como estas|como esta)$/,
);

const isCourtesy = (word: string): boolean => GREETING.has(word) || THANKS.has(word) || BYE.has(word) || FILLER.has(word);

/** `said`: folded text. Null when there is more than courtesy. */
export function courtesyIn(said: string): Courtesy | null {
  if (said === '') return 'nothing';
  if (WHO.test(said)) return 'who';
  if (DROPPED.test(said)) return 'dropped';
  if (KIND.test(said)) return 'thanks';
  if (HOW.test(said)) return 'greeting';
  // Nearly all messages say something else with their first word.
  const blank = said.indexOf(' ');
  if (!isCourtesy(blank < 0 ? said : said.slice(0, blank))) return null;
  const words = said.split(' ');
  const has = (set: Set<string>) => words.some((word) => set.has(word));
  if (!words.every(isCourtesy)) return null;
  if (has(BYE)) return 'bye';
  if (has(THANKS)) return 'thanks';
  if (has(GREETING)) return 'greeting';
  return /^(?:buon[ao]? (?:giornata|serata|notte|lavoro)|bonne (?:journee|soiree)|have a nice day|schonen tag)/.test(said) ? 'bye' : null;
}
