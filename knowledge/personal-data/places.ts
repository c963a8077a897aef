/** Where a person lives and when one was born. */
import { before, type Range, type Rule, tail, whole } from './rule.ts';

const MONTH =
  '(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|décembre|enero|febrero|abril|mayo|junio|julio|septiembre|octubre|noviembre|diciembre|ianuarie|februarie|martie|aprilie|iunie|iulie|septembrie|octombrie|noiembrie|decembrie)';
const DATE = `(?:\\d{1,2} ?[ ./-] ?\\d{1,2} ?[ ./-] ?(?:\\d{4}|\\d{2})(?!\\d)|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[.°º]? (?:de |of )?${MONTH}(?: de| del)?,? \\d{4}|${MONTH} \\d{1,2},? \\d{4})`;
const BORN =
  '(?:nat[oaie](?:\\/a)?|nascita:|data di nascita|born|birth(?:day|date)?|date of birth|dob|geboren|geb\\.|geburtsdatum|née?|naissance|nací|nacid[oa]|nacimiento|născut[ăa]?|nașterii|مواليد|ولدت|ميلادي)';

const STREET =
  '(?:via|viale|v\\.le|piazza|piazzale|p\\.? ?zza|p\\.le|piazzetta|corso|c\\.so|vicolo|vico|largo|strada|contrada|c\\.da|salita|lungomare|lungarno|borgo|località|frazione|rue|avenue|boulevard|calle|avenida|str\\.|strada|bulevardul|street)';
const LIVES =
  /abit|risied|resident|domicili|(?:^|[^\p{L}])viv[oeai]|casa|indirizz|trasfer|trasloc|sped|mandat|inviat|recapit|(?:^|[^\p{L}])mi[oa](?:$|[^\p{L}])|live|address|wohn|habite|demeur|locuiesc|stau in|أسكن|أعيش|عنوان/u;
const PUBLIC =
  /uffici|sede|scuol|bibliotec|municipio|comune|sportell|farmaci|palestr|cimiter|fermat|parchegg|buca|buche|lampion|semafor|strisce|casson|cantier|mercat|marciapied|segnal|anagraf|ztl|traffic|chius|perdita|lavori|incrocio|rifiuti|albero|asilo|nido|museo|teatro|piscina|ospedal|office|library|school/u;
const SMALL_WORDS = /^(?:di|del|della|delle|dello|dei|degli|dell|da|d|la|le|il|lo|i|gli|e|de|des|du|von|der|den|san|santa)$/iu;

/** A street counts as a person's unless the words before speak of an office or of something that is broken there. */
function address(found: RegExpExecArray, text: string): Range | null {
  const context = before(text, found.index, 45);
  const lives = LIVES.test(context);
  if (!lives && PUBLIC.test(context)) return null;
  const words = (found[1] ?? '').split(/[\s'’]+/).filter(Boolean);
  const named = words.filter((word) => !SMALL_WORDS.test(word));
  if (named.length === 0) return null;
  if (
    named.some((word) =>
      /^(?:al|dal|alle|dalle|per|tra|fra|fino|ore|davanti|civico|è|ha|dura|costa|con|in|a|n|nr|num|numero)$/iu.test(word),
    )
  )
    return null;
  // "in corso 3 lavori", "via 2 rate": a name begins with a capital, unless the citizen says to live there.
  return lives || named.every((word) => /^[\p{Lu}\d]/u.test(word)) ? whole(found) : null;
}

export const PLACES: Rule[] = [
  { kind: 'birthDate', pattern: new RegExp(`(?<!\\p{L})${BORN}(?!\\p{L})[^.\\n\\d]{0,30}(${DATE})`, 'giu'), accept: tail },
  { kind: 'birthDate', pattern: /(?<!\p{L})(?:classe|class[eo] di nascita) ((?:19\d|200)\d)(?!\d)/giu, accept: tail },
  {
    kind: 'address',
    pattern: new RegExp(
      `(?<![\\p{L}\\d])${STREET}\\s+((?:\\d{1,2} )?[\\p{L}.]{1,20}(?:[ '’][\\p{L}.]{1,20}){0,4}?)(?:,?\\s{0,2}(?:n\\.?|n°|nr\\.?|num\\.?|numero|civico)\\s{0,2}|,\\s{0,2}|\\s)\\d{1,4}(?:\\s?(?:[/-]\\s?[a-z]|[b-df-hj-n])(?![\\p{L}])|[aeio](?![\\p{L}])|[ /]?(?:bis|ter))?(?!\\d|[.,:]\\d|\\s?(?:€|euro|giorni|mesi|anni|ore))`,
      'giu',
    ),
    accept: address,
  },
  {
    kind: 'address',
    pattern:
      /(?<![\p{L}\d])\d{1,4}[a-z]?,? (?:rue|avenue|boulevard|place) (?:de |du |des |de la )?\p{Lu}[\p{L}'’-]{1,20}(?: \p{Lu}[\p{L}'’-]{1,20})?/gu,
  },
  {
    kind: 'address',
    pattern:
      /(?<![\p{L}\d])\d{1,4}[a-z]? \p{Lu}[\p{L}'’-]{1,20}(?: \p{Lu}[\p{L}'’-]{1,20})? (?:Street|Road|Lane|Avenue|Square|St|Rd)(?!\p{L})/gu,
  },
  {
    kind: 'address',
    pattern: /(?<![\p{L}\d])\p{Lu}\p{L}{1,20}(?:straße|strasse|str\.|weg|platz|gasse|allee) \d{1,4}[a-z]?(?![\p{L}\d])/gu,
  },
  { kind: 'address', pattern: /(?<!\p{L})شارع \p{L}{1,20}(?: \p{L}{1,20})?,?\s(?:رقم )?\d{1,4}/gu },
];
