/** When a person was born. */
import { type Rule, tail } from './rule.ts';

const MONTH =
  '(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|décembre|enero|febrero|abril|mayo|junio|julio|septiembre|octubre|noviembre|diciembre|ianuarie|februarie|martie|aprilie|iunie|iulie|septembrie|octombrie|noiembrie|decembrie)';
const DATE = `(?:\\d{1,2} ?[ ./-] ?\\d{1,2} ?[ ./-] ?(?:\\d{4}|\\d{2})(?!\\d)|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[.°º]? (?:de |of )?${MONTH}(?: de| del)?,? \\d{4}|${MONTH} \\d{1,2},? \\d{4})`;
const BORN =
  '(?:nat[oaie](?:\\/a)?|nascita:|data di nascita|born|birth(?:day|date)?|date of birth|dob|geboren|geb\\.|geburtsdatum|née?|naissance|nací|nacid[oa]|nacimiento|născut[ăa]?|nașterii|مواليد|ولدت|ميلادي)';

export const BIRTHS: Rule[] = [
  {
    kind: 'birthDate',
    needs: { digits: 4 },
    pattern: new RegExp(`(?<!\\p{L})${BORN}(?!\\p{L})[^.\\n\\d]{0,30}(${DATE})`, 'giu'),
    accept: tail,
  },
  { kind: 'birthDate', needs: { digits: 4 }, pattern: /(?<!\p{L})(?:classe|class[eo] di nascita) ((?:19\d|200)\d)(?!\d)/giu, accept: tail },
];
