/** Names of people: after the words that introduce one, and from lists of common given names and surnames. */
import { isClearName, isGivenName, isNoName, isStopWord, isSurname, nameAt } from './name-words.ts';
import { before, type Range, type Rule } from './rule.ts';

/** Not "L'istituto". */
const CAPITAL = "(?!\\p{L}{1,5}['’]\\p{Ll})\\p{Lu}[\\p{L}'’-]{1,24}";

/** After these a name comes, however it is written. */
const CALLED = "mi chiamo|chiamatemi|i am called|ich heiße|je m['’]appelle|me llamo|mă numesc|اسمي";
/** After these what a name is like may come too: "my name is spelled wrong". */
const NAME_IS =
  "(?:il )?mio nome(?: completo)? (?:è|e'|e’)|nome e cognome:?|cognome e nome:?|my name is|mein name ist|mon nom est|mi nombre es|numele meu este";
/** After these anything may come; capitals say that it is a name. */
const I_AM = "sono|i['’ ]?a?m|ich bin|je suis|soy|sunt|this is|hier ist|qui parla|parla";
const TITLE =
  '(?:il |la |al |alla |del |della |dal |dalla )?(?:sottoscritt[oa]|sig(?:nor)?(?:a|\\.? ?ra|\\.)?|signorina|dott(?:or|\\.)?(?:essa|\\.? ?ssa)?\\.?|avv(?:ocat[oa]|\\.)|ing\\.|geom\\.|prof(?:\\.ssa|\\.)?|mr\\.?|mrs\\.?|ms\\.?|herrn?|frau|monsieur|madame|mademoiselle|mme|señora?|sra?\\.)';
const KIN =
  'marito|moglie|figlio|figlia|figli|bambin[oa]|bimb[oa]|padre|madre|papà|mamma|nonn[oa]|zi[oa]|fratello|sorella|suocer[oa]|cognat[oa]|genero|nuora|nipote|cugin[oa]|compagn[oa]|convivente|fidanzat[oa]|ex marito|ex moglie|amic[oa]|vicin[oa](?: di casa)?|colleg[ah]i?|badante|inquilin[oa]|tutore|tutrice';
const RELATION = `(?:(?:l[aeo]|il|gli|i|del|della|al|alla) )?(?:(?:mi[oa]|miei|mie|nostr[oa]|su[oa]) (?:${KIN})|(?:il nonno|la nonna|lo zio|la zia|la badante))|my (?:husband|wife|son|daughter|father|mother|dad|mum|mom|brother|sister|partner|friend|neighbour|uncle|aunt|grandmother|grandfather)|mein(?:e[nmr]?)? (?:mann|frau|sohn|tochter|vater|mutter|bruder|schwester|oma|opa|onkel|tante|nachbar(?:in)?|freund(?:in)?|partner(?:in)?)|m(?:on|a) (?:mari|femme|fils|fille|père|mère|frère|sœur|voisine?|amie?|compagn(?:on|e)|oncle|tante)|mi (?:marido|esposo|esposa|mujer|hij[oa]|padre|madre|herman[oa]|abuel[oa]|tí[oa]|vecin[oa]|amig[oa])`;
/** What a form asks for. */
const LABEL =
  '(?:cognome|nome|nominativo|richiedente|intestatari[oa]|referente|genitor[ei]|alunn[oa]|student[e]|defunt[oa]|delegat[oa]|delegante|paziente|firmat[oa]|firma|name|surname|first name|last name|nachname|vorname|prénom|nom|nombre|apellidos?)(?::| ?=)';
/** The same without a colon, where hardly anything else follows. */
const BARE_LABEL = '(?:cognome|referente|(?:il|la|del|della) defunt[oa]|alunn[oa]|si chiam(?:a|ano|ava)|firmat[oa])';
const CLOSING =
  'cordiali saluti|distinti saluti|cordialmente|un saluto|saluti|in fede|(?:kind|best|warm) regards|regards|sincerely|mit freundlichen grüßen|(?:freundliche|viele|liebe|beste) grüße|cordialement|bien à vous|atentamente|un saludo|saludos';
const ABOUT =
  'a nome(?: di)?|per conto di|intestat[oa] a|ho parlato con|parlato con|mi manda|deleg(?:o|a|ato)|hier spricht|under the name(?: of)?|in the name of|auf den namen|au nom de|a nombre de';

/** Streets, schools and halls bear names, and so do those who hold an office. */
const NAMESAKE =
  /(?:scuola|primaria|elementare|medi[ae]|liceo|scientifico|classico|istituto|comprensivo|asilo|nido|via|viale|piazza|piazzale|corso|largo|vicolo|lungarno|rue|avenue|calle|plaza|street|teatro|cinema|biblioteca|museo|pinacoteca|parco|giardino|giardini|palestra|palazzetto|palasport|stadio|piscina|comunale|centro|anziani|ospedale|clinica|aeroporto|stazione|sala|aula|villa|palazzo|ponte|cimitero|chiesa|parrocchia|basilica|santuario|san|santa|santo|sant|saint|sankt|don|padre|fondazione|premio|memorial|torneo|mostra su|mostra di|concerto di|spettacolo di|legge|decreto|riforma|bonus|lodo|sindaco|sindaca|assessore|assessora|dirigente|presidente|consigliere|consigliera|ministro|ministra|onorevole|papa|bürgermeister(?:in)?|mayor|maire)[\s'’.]+(?:\p{L}{1,12}[\s'’]+)?$|intitola(?:re|ta|to|zione)[^.;:]{0,30}$/u;
const SAINT = /^(?:sant[aoe]?|san|saint|sainte|sankt|st)$/iu;
const GREETS =
  /^(?:buongiorno|buonasera|salve|ciao|gentile|gent|cara|caro|egregio|grazie|scusi|dear|hello|hi|hallo|liebe|bonjour|hola|bună)$/iu;
/** "mia moglie, Anna Neri", "Cordiali saluti.\nAnna". */
const GAP = '[ ,]{1,2}';

const range = (found: RegExpExecArray, name: { end: number } | null): Range | null =>
  name ? { start: found.index + found[0].length, end: name.end } : null;
const nameBehind = (found: RegExpExecArray, text: string, small: 0 | 1 | 2) => nameAt(text, found.index + found[0].length, small);

function called(found: RegExpExecArray, text: string): Range | null {
  // "come mi chiamo".
  if (/(?:^|\s)come\s*$/.test(before(text, found.index, 8))) return null;
  return range(found, nameBehind(found, text, 2));
}

/** Small letters count when the first word is known as a name. */
function nameIs(found: RegExpExecArray, text: string): Range | null {
  if (/(?:^|\s)come\s*$/.test(before(text, found.index, 8))) return null;
  const name = nameBehind(found, text, 2);
  const first = name?.words[0] ?? '';
  return /^\p{Ll}/u.test(first) && !isGivenName(first) ? null : range(found, name);
}

/** "sono Anna", "sono Anna Neri", "sono anna neri"; but "sono Italiano", "sono felice". */
function iAm(found: RegExpExecArray, text: string): Range | null {
  const name = nameBehind(found, text, 2);
  if (!name) return null;
  const [first = '', second] = name.words;
  const known = name.words.some(isClearName) || (isGivenName(first) && second !== undefined && /^\p{Lu}/u.test(first));
  if (/^\p{Ll}/u.test(first)) return isClearName(first) ? range(found, name) : null;
  const capitals = nameBehind(found, text, 0);
  // German writes every noun with a capital.
  const isGerman = /^(?:ich|hier)/i.test(found[0]);
  return known || (!isGerman && (capitals?.words.length ?? 0) > 1) ? range(found, capitals) : null;
}

const capitals = (found: RegExpExecArray, text: string): Range | null => range(found, nameBehind(found, text, 0));

/** A signature ends its line. */
function closing(found: RegExpExecArray, text: string): Range | null {
  const name = nameBehind(found, text, 0);
  return name && /^[\s.,!]{0,3}(?:\n|$|tel|cell)/i.test(text.slice(name.end, name.end + 8)) ? range(found, name) : null;
}

/** "Genitori: Loris Benetti e Giada Maran": the second one too. */
function second(found: RegExpExecArray, text: string): Range | null {
  const name = nameAt(text, found.index + found[0].length, 0);
  return name && name.words.length > 1 && name.words.some(isGivenName) ? { start: found.index + found[0].length, end: name.end } : null;
}

/** Two to four words with capitals of which one is a given name: that one and its neighbours. */
function listed(found: RegExpExecArray, text: string, shouted: boolean): Range | null {
  const words = [...found[0].matchAll(/[^\s]+/g)].map((match) => ({ word: match[0], at: match.index }));
  const given = words.findIndex(({ word }, i) => isClearName(word) || (isGivenName(word) && hasSurnameBeside(words, i)));
  if (given < 0 || SAINT.test(words[given - 1]?.word ?? '')) return null;
  if (shouted && !hasSurnameBeside(words, given)) return null;
  const surnameFirst = given === words.length - 1 && !GREETS.test(words[given - 1]?.word ?? 'ciao');
  const from = surnameFirst ? given - 1 : given;
  const first = words[from];
  const stop = words.findIndex(({ word }, i) => i > from && i !== given && isNoName(word));
  const last = words[stop < 0 ? words.length - 1 : stop - 1];
  if (!first || !last || last === first || isStopWord(first.word) || isNoName(first.word)) return null;
  const start = found.index + first.at;
  if (NAMESAKE.test(before(text, start, 40))) return null;
  return { start, end: found.index + last.at + last.word.length };
}

const hasSurnameBeside = (words: { word: string }[], at: number): boolean =>
  [words[at - 1], words[at + 1]].some((beside) => beside && isSurname(beside.word));

const cue = (source: string, gap = ' {1,2}') => new RegExp(`(?<!\\p{L})(?:${source})${gap}(?=\\p{L})`, 'giu');

export const NAMES: Rule[] = [
  { kind: 'name', pattern: cue(CALLED), accept: called },
  { kind: 'name', pattern: cue(NAME_IS), accept: nameIs },
  { kind: 'name', pattern: cue(TITLE), accept: capitals },
  { kind: 'name', pattern: cue(RELATION, GAP), accept: capitals },
  { kind: 'name', pattern: cue(LABEL), accept: capitals },
  { kind: 'name', pattern: cue(BARE_LABEL), accept: capitals },
  { kind: 'name', pattern: cue(ABOUT), accept: capitals },
  { kind: 'name', pattern: cue(I_AM), accept: iAm },
  { kind: 'name', pattern: cue(`${CLOSING}|grazie|thanks|thank you|danke|merci|gracias`, '[ ,.!\\n-]{1,4}'), accept: closing },
  {
    kind: 'name',
    needs: { capitals: 2 },
    pattern: new RegExp(`(?<=\\p{Ll}) (?:e|ed|and|und|et|y) (?=${CAPITAL} ${CAPITAL})`, 'gu'),
    accept: second,
  },
  {
    kind: 'name',
    needs: { capitals: 2 },
    pattern: new RegExp(`(?<![\\p{L}'’])${CAPITAL}(?: ${CAPITAL}){1,3}`, 'gu'),
    accept: listed,
    passOver: true,
  },
];
