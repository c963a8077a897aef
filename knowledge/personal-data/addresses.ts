/** Where a person lives: a kind of street, its name and a number, with what may stand before and behind it. */
import { before, type Range, type Rule, tail, whole } from './rule.ts';

const STREET =
  '(?:via|viale|v\\.? ?le|piazza|piazzale|p\\. ?z?za|p\\. ?le|piazzetta|corso|c\\. ?so|vicolo|v\\.lo|vico|largo|l\\.go|strada(?: (?:provinciale|statale|comunale|vicinale))?|stradone|stradella|contrada|c\\.da|contrà|salita|discesa|rampa|scalinata|lungo(?:mare|arno|tevere|adige|lago|fiume|po|dora)|lung(?:arno|otevere)|borgo|b\\.go|località|loc\\.|frazione|fraz\\.|traversa|trav\\.|calle|campo|campiello|fondamenta|rione|rio terà|riviera|galleria|cascina|masseria|villaggio|circonvallazione|carrugio|sestiere|rue|avenue|av\\.|avda\\.?|boulevard|avenida|plaza|paseo|camino|ronda|travesía|c/|str\\.|bulevardul|street)';
const STREET_FR = '(?:rue|avenue|av\\.|boulevard|bd|impasse|chemin|allée|place|quai|route|square|cours|passage)';
const STREET_EN =
  '(?:Street|Road|Lane|Avenue|Square|Close|Drive|Court|Way|Terrace|Place|Gardens|Crescent|Grove|Row|Hill|Walk|Mews|St|Rd|Ave|Dr|Ln)';
const STREET_DE = '(?:straße|strasse|str\\.|weg|platz|gasse|allee|ring|damm|ufer|steig|pfad|markt|hof)';
const NUMBER_WORD = '(?:,? {0,2}(?:n\\.?|n°|nr\\.?|num\\.?|numero|civico) {0,2}|, {0,2}| )';
const SUFFIX = '(?: ?(?:[/-] ?[a-z]|[b-df-hj-n])(?!\\p{L})|[aeio](?!\\p{L})| ?/ ?\\d{1,3}| ?/?(?:bis|ter)(?!\\p{L}))?';
/** Units, hours, dates and floors are no house numbers. */
const NOT_AFTER =
  '(?!\\d|[.:]\\d| ?(?:€|%|euro|giorn|mes[ei]|ann[io]|or[ae](?!\\p{L})|minut|rat[ae](?!\\p{L})|settiman|volt|km|metri|posti|person|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre))';
/** Behind the number: stairs, flat, floor, postcode and town. */
const INSIDE =
  '(?:(?:,| -)? ?(?:scala|sc\\.|interno|int\\.?|piano|palazzina|pal\\.|appartamento|app\\.|edificio|citofono|km|second floor|first floor|floor|flat) ?\\p{L}?\\d{0,4}\\p{L}?(?!\\p{L})|, ?(?:primo|secondo|terzo|quarto|first|second|third) (?:piano|floor)|, ?\\dº ?\\p{L}?(?!\\p{L})){0,3}';
const TOWN = "\\p{Lu}[\\p{L}'’-]{1,24}(?: (?:di|del|della|in|sul|al|a)? ?\\p{Lu}[\\p{L}'’-]{1,24}){0,3}(?: ?\\([A-Z]{2}\\))?";
const PLACE = `(?:(?:,| -)? ?\\d{5}(?!\\d)(?: ${TOWN})?|, ?${TOWN} [A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}(?!\\p{L}))?`;

const LIVES =
  /abit(?!ant)|risied|resident|residenz|domicil|(?:^|[^\p{L}])viv[oeai]|(?:^|[^\p{L}])(?:sto|sono) (?:di casa |di )?(?:in |a )?$|casa(?! di riposo| famiglia| comunale| della)|condominio|appartament|immobile|trasfer|trasloc|spostat|sfratt|affitt|civico|(?:^|[^\p{L}])live|we moved|my (?:address|flat|house)|wohn|anschrift|meine adresse|habit|résid|demeur|mon adresse|resido|mi dirección|me mud|locuiesc|stau in|أسكن|أعيش|عنوان/u;
/** Said of offices as well. */
const SENT_TO =
  /indirizz|sped|mandat|inviat|recapit|consegn|lettera|(?:^|[^\p{L}])mi[oae](?:$|[^\p{L}])|address|write to|pago|adress|adresse|dirección/u;
const PUBLIC =
  /uffici|sede|scuol|bibliotec|municipio|comune(?!\p{L})|comunal|sportell|farmaci|palestr|cimiter|fermat|parchegg|buca|buche|lampion|semafor|strisce|casson|cantier|mercat|marciapied|segnal|anagraf|ztl|traffic|chius|perdita|lavori|incrocio|rifiuti|albero|alberi|asilo|nido|museo|teatro|piscina|ospedal|ambulator|posta(?!\p{L})|banca|chiesa|concert|spettacol|divieto|sosta|incident|office|library|school|town hall|mairie|bureau|école|bibliothèque|rathaus|\bamt|schule|bibliothek|oficina|biblioteca|colegio|ayuntamiento/u;
const SMALL_WORDS =
  /^(?:di|del|della|delle|dello|dei|degli|dell|da|d|la|le|il|lo|i|gli|e|de|des|du|von|der|den|las|los|san|santa|s|x{1,3})$/iu;
const NO_STREET =
  /^(?:al|dal|alle|dalle|per|tra|fra|fino|ore|davanti|civico|è|ha|dura|costa|con|in|a|n|nr|num|numero|chilometro|telematica|breve|libera|giugno|luglio)$/iu;
/** A word in small letters behind the number that goes on with the sentence; any other is what the number counts. */
const GOES_ON =
  /^ (?:e|ed|ma|o|non|ho|ha|è|c['’]è|ci|mi|si|da|dal|di|del|a|al|per|con|che|dove|il|la|lo|le|i|gli|un|una|nel|nella|vorrei|devo|and|but|where|und|wo|aber|et|où|y|donde)(?!\p{L})/u;

type Lives = 'surely' | 'perhaps' | 'no' | 'public';

function livesAt(found: RegExpExecArray, text: string): Lives {
  const context = before(text, found.index, 45);
  const isPublic =
    PUBLIC.test(context) || PUBLIC.test(text.slice(found.index + found[0].length, found.index + found[0].length + 40).toLowerCase());
  if (LIVES.test(context)) return 'surely';
  if (isPublic) return 'public';
  return SENT_TO.test(context) ? 'perhaps' : 'no';
}

/** A street counts as a person's unless the words around speak of an office or of something that is broken there. */
function address(found: RegExpExecArray, text: string): Range | null {
  const lives = livesAt(found, text);
  if (lives === 'public') return null;
  const named = (found[1] ?? '').split(/[ '’.]+/).filter((word) => word && !SMALL_WORDS.test(word));
  if (named.some((word) => NO_STREET.test(word))) return null;
  // "strada provinciale 12" and "via S. 4" name no street unless somebody lives there.
  if (named.length === 0) return lives === 'surely' && /\d/.test(found[0]) ? whole(found) : null;
  if (lives !== 'no') return withTown(found, text);
  // "in corso 3 lavori", "via 2 rate", "piazza Duomo 5 stand".
  const rest = text.slice(found.index + found[0].length, found.index + found[0].length + 12);
  return named.every((word) => /^[\p{Lu}\d]/u.test(word)) && (!/^ \p{Ll}/u.test(rest) || GOES_ON.test(rest)) ? whole(found) : null;
}

/** ", Venezia" ends a sentence or a part of it. */
const TOWN_BEHIND = new RegExp(`^, ?${TOWN}(?= ?(?:[.,;)\\n]|$))`, 'u');

function withTown(found: RegExpExecArray, text: string): Range {
  const { start, end } = whole(found);
  return { start, end: end + (TOWN_BEHIND.exec(text.slice(end, end + 90))?.[0].length ?? 0) };
}

const notPublic = (found: RegExpExecArray, text: string): Range | null => (livesAt(found, text) === 'public' ? null : whole(found));

const NAME = "((?:\\d{1,2} )?[\\p{L}.]{1,20}(?:[ '’-]{1,2}[\\p{L}.]{1,20}){0,5}?)";
const rule = (source: string, flags = 'giu') => new RegExp(source, flags);

export const ADDRESSES: Rule[] = [
  {
    kind: 'address',
    pattern: rule(
      `(?<![\\p{L}\\d])(?:(?:civico|numero|n\\.) \\d{1,4}[a-z]? (?:di|in) )?${STREET} {0,2}${NAME}(?:(?:${NUMBER_WORD}\\d{1,4}${SUFFIX}${NOT_AFTER}(?!,\\d))|,? s\\.?n\\.?c\\.?(?!\\p{L}))${INSIDE}${PLACE}`,
    ),
    accept: address,
  },
  {
    kind: 'address',
    needs: { digits: 1 },
    pattern: rule(`(?<![\\p{L}\\d])strada (?:provinciale|statale|comunale|vicinale) \\d{1,4}${INSIDE}`),
    accept: (found, text) => (livesAt(found, text) === 'surely' ? whole(found) : null),
  },
  {
    // "al civico 9 di via Pergolesi".
    kind: 'address',
    needs: { digits: 1 },
    pattern: rule(`(?<!\\p{L})(?:al |il )?((?:civico|numero) \\d{1,4}[a-z]? (?:di|in) ${STREET} [\\p{L}.]{1,20}(?: \\p{L}{1,20}){0,1})`),
    accept: (found, text) => (livesAt(found, text) === 'public' ? null : tail(found)),
  },
  {
    // Venice and hamlets have names and numbers without a street.
    kind: 'address',
    needs: { digits: 1, capitals: 1 },
    pattern: rule(
      `(?<!\\p{L})(?:abit[oai]|abitiamo|viv[oe]|risied[oe]|resident[ei]|domiciliat[oa]) (?:in|a|ad) (\\p{Lu}[\\p{L}'’]{2,20}(?: \\p{Lu}[\\p{L}'’]{1,20}){0,2},? \\d{1,4}[a-z]?(?!\\p{L})${NOT_AFTER})`,
      'gu',
    ),
    accept: tail,
  },
  {
    kind: 'address',
    needs: { digits: 1, capitals: 1 },
    pattern: rule(
      `(?<![\\p{L}\\d])\\d{1,4}(?: ?(?:bis|ter)|[a-z])?,? ${STREET_FR} (?:(?:de|du|des|de la|de l['’]|d['’]|la|le|les) ?){0,2}\\p{Lu}[\\p{L}'’-]{1,20}(?: \\p{Lu}[\\p{L}'’-]{1,20}){0,2}${PLACE}`,
      'gu',
    ),
    accept: notPublic,
  },
  {
    kind: 'address',
    needs: { digits: 1, capitals: 1 },
    pattern: rule(
      `(?<![\\p{L}\\d])(?:(?:[Ff]lat|[Aa]partment|[Aa]pt) \\d{1,4}[a-z]?, ?)?\\d{1,4}[a-z]? \\p{Lu}[\\p{L}'’-]{1,20}(?: \\p{Lu}[\\p{L}'’-]{1,20}){0,2} ${STREET_EN}(?!\\p{L})${PLACE}`,
      'gu',
    ),
    accept: notPublic,
  },
  {
    kind: 'address',
    needs: { digits: 1, capitals: 1 },
    pattern: rule(`(?<![\\p{L}\\d])\\p{Lu}[\\p{L}-]{1,24}${STREET_DE} \\d{1,4} ?[a-z]?(?![\\p{L}\\d])${NOT_AFTER}${PLACE}`, 'gu'),
    accept: notPublic,
  },
  {
    kind: 'address',
    needs: { digits: 1, capitals: 1 },
    pattern: rule(
      `(?<!\\p{L})(?:(?:An|Auf|In|Bei) de[rmn]|Am|Im|Zum|Zur|Unterm?) \\p{Lu}\\p{L}{2,20}(?: \\p{Lu}\\p{L}{2,20})? \\d{1,4}[a-z]?(?![\\p{L}\\d])${NOT_AFTER}${PLACE}`,
      'gu',
    ),
    accept: (found, text) => (['surely', 'perhaps'].includes(livesAt(found, text)) ? whole(found) : null),
  },
  { kind: 'address', needs: { digits: 1 }, pattern: /(?<!\p{L})شارع \p{L}{1,20}(?: \p{L}{1,20})?,?\s(?:رقم )?\d{1,4}/gu },
];
