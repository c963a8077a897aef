/** A question that names a day without wishing for it: "is there a market tomorrow?" Asked of the documents, though it holds a date. Pure. */
import { asksForRoom, asksHours, onlyAsks, plain } from '../../conversation/filling/control.ts';

/** What belongs to a wish for a moment, whatever else is said. */
const WISH =
  /\b(?:prenot\w+|spost\w+|fiss\w+|anticip\w+|posticip\w+|mett\w+|cambi\w+|pass(?:o|are)|veng\w+|qualcosa|qualche|post[oi]|buco|presto|tardi|prefer\w+|book|have anything|anything|something|slot|termin\w*|etwas|was frei|rendez ?vous|quelque chose|cita|algo|hueco)\b/;
/** Days, hours and the small words that go with them. */
const OF_TIME =
  /^(?:\d+|oggi|ieri|domani|dopodomani|domattina|stamattina|stasera|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|mattin[ao]|pomeriggio|sera|mezzogiorno|settiman[ae]|mes[ei]|ann[oi]|giorn[oi]|or[aei]|orari[oi]?|minuti|mezza|mezzo|quarto|prossim[oaie]|quest[oaie]|stess[oa]|altr[oaie]|dopo|prima|seguente|successiv[oa]|fine|inizio|meta|primi|ultim[oaie]|prim[oa]|second[oa]|terz[oa]|uno|una|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici|quindici|sedici|diciassette|diciotto|venti|trenta|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next|week|morning|afternoon|clock|heute|morgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|nachste\w*|woche|uhr|demain|aujourd|hui|lundi|mardi|mercredi|jeudi|vendredi|samedi|matin|midi|prochain\w*|semaine|heures?|manana|tarde|lunes|martes|miercoles|jueves|viernes|sabado|proxim[oa]|semana|hora)$/;
const SMALL =
  /^(?:ma|ed?|o|oppure|se|che|il|lo|la|le|gli|un|per|con|su|da|di|del|della|dei|al|alla|alle|allo|nel|nella|verso|circa|entro|invece|anche|allora|magari|facciamo|fare|ok|va|bene|meglio|anzi|no|non|si|mi|ci|vi|ne|e|sarebbe|potrebbe|non|lo|the|on|at|in|and|or|what|about|how|so|um|am|den|der|und|oder|le|et|ou|pour|y|el|los|por|para)$/;
/** "Is the market there": what is asked after needs no second word. */
const THERE = /\bc e (?:il|lo|la|l) (\p{L}{3,})/u;
const HOLIDAY = /\b(?:fest[ai]|festiv[oi]|sciopero)\b/;
/** So many other words make another subject. */
const OTHERS = 2;

export function asksElse(text: string): boolean {
  if (asksHours(text)) return true;
  if (!onlyAsks(text) || asksForRoom(text)) return false;
  const said = plain(text).replaceAll('?', '');
  if (WISH.test(said)) return false;
  const there = THERE.exec(said)?.[1];
  if (HOLIDAY.test(said) || (there !== undefined && !OF_TIME.test(there) && !/^(?:possibil|disponibil)/.test(there))) return true;
  return said.split(' ').filter((word) => word.length > 1 && !OF_TIME.test(word) && !SMALL.test(word)).length >= OTHERS;
}
