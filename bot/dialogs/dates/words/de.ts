/** German words of dates and times (umlauts already without their dots, ß as ss). */
import type { WordTable } from './lexicon.ts';

const UNITS =
  'null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn'.split(
    ' ',
  );
const TENS: [string, number][] = [
  ['zwanzig', 20],
  ['dreissig', 30],
  ['vierzig', 40],
  ['funfzig', 50],
];
const ORDINALS =
  'erst zweit dritt viert funft sechst siebt acht neunt zehnt elft zwolft dreizehnt vierzehnt funfzehnt sechzehnt siebzehnt achtzehnt neunzehnt zwanzigst'.split(
    ' ',
  );

function numbers(): Map<string, number> {
  const all = new Map(UNITS.map((word, value) => [word, value]));
  for (const [ten, value] of TENS) {
    all.set(ten, value);
    for (let unit = 1; unit < 10; unit++) all.set(`${unit === 1 ? 'ein' : UNITS[unit]}und${ten}`, value + unit);
  }
  return all.set('zwo', 2);
}

function ordinals(): Record<string, string> {
  const all: Record<string, string> = {};
  const add = (value: number, stem: string) => {
    all[`ORD=${value}`] = ['e', 'en', 'er', 'es', 'em'].map((ending) => stem + ending).join('|');
  };
  ORDINALS.forEach((stem, index) => {
    add(index + 1, stem);
  });
  for (let value = 21; value <= 29; value++) add(value, `${value === 21 ? 'ein' : UNITS[value - 20]}undzwanzigst`);
  add(30, 'dreissigst');
  add(31, 'einunddreissigst');
  return all;
}

const table: WordTable = {
  code: 'de',
  numbers: numbers(),
  words: {
    ...ordinals(),
    'WD=1': 'montag|montags|mo',
    'WD=2': 'dienstag|dienstags',
    'WD=3': 'mittwoch|mittwochs|mi',
    'WD=4': 'donnerstag|donnerstags',
    'WD=5': 'freitag|freitags|fr',
    'WD=6': 'samstag|samstags|sonnabend|sa',
    'WD=7': 'sonntag|sonntags',
    ...Object.fromEntries(
      ['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag', 'sonntag'].flatMap((name, index) => [
        [`WD=${index + 1} PMORN`, `${name}vormittag|${name}morgen|${name}fruh|${name} morgen`],
        [`WD=${index + 1} PAFT`, `${name}nachmittag`],
        [`WD=${index + 1} PEVE`, `${name}abend`],
      ]),
    ),
    'M=1': 'januar|janner|jan',
    'M=2': 'februar|feb|feber',
    'M=3': 'marz|maerz',
    'M=4': 'april|apr',
    'M=5': 'mai',
    'M=6': 'juni|jun',
    'M=7': 'juli|jul',
    'M=8': 'august|aug',
    'M=9': 'september|sept|sep',
    'M=10': 'oktober|okt',
    'M=11': 'november|nov',
    'M=12': 'dezember|dez',
    'REL=0': 'heute',
    'REL=0 PMORN': 'heute morgen|heute fruh|heute vormittag',
    'REL=0 PEVE': 'heute abend',
    'REL=1': 'morgen',
    'REL=1 PMORN': 'morgen fruh|morgen vormittag',
    'REL=2': 'ubermorgen|uebermorgen',
    'REL=3': 'uberubermorgen',
    'REL=-1': 'gestern',
    'REL=-2': 'vorgestern',
    NEXT: 'nachste|nachsten|nachster|nachstes|nachstem|naechste|naechsten|naechster|kommende|kommenden|kommender|kommendes|folgenden|folgende',
    THIS: 'diese|diesen|dieser|dieses|diesem',
    LAST: 'vergangene|vergangenen|vorige|vorigen|voriger',
    LASTORD: 'letzte|letzten|letzter|letztes',
    OVERNEXT: 'ubernachste|ubernachsten|ubernachster|ubernachstes|nach der nachsten|nach dem nachsten',
    DAY: 'tag|tage|tagen|tages',
    WEEK: 'woche|wochen',
    MONTH: 'monat|monate|monaten|monats',
    YEAR: 'jahr|jahre|jahres|jahren',
    HOUR: 'stunde|stunden',
    OCLOCK: 'uhr|h',
    MIN: 'minuten|minute|min',
    WEEKEND: 'wochenende|wochenend',
    WORKDAY: 'werktag|arbeitstag|werktage|arbeitstage|werktagen',
    HALFHOUR: 'einer halben stunde|halbe stunde|halben stunde',
    QUARTERHOUR: 'einer viertelstunde|viertelstunde',
    'N=45 MIN': 'einer dreiviertelstunde|dreiviertelstunde',
    'IN A HOUR AND HALF': 'in anderthalb stunden|in eineinhalb stunden',
    FEW: 'ein paar|einigen|einige|paar|wenigen',
    IN: 'in|binnen|innerhalb von',
    'WEEKON=7': 'in acht tagen|in einer woche|in 8 tagen|in 1 woche',
    'WEEKON=14': 'in vierzehn tagen|in 14 tagen|in zwei wochen|in 2 wochen',
    FROMNOW: 'ab heute|ab jetzt|von heute an',
    A: 'ein|eine|einen|einem|einer|eines',
    THE: 'am|der|den|die|das|dem|des|zum|auf den|fur den|vom|im',
    OF: 'von|in der',
    AT: 'um|gegen|so um|circa um|ungefahr um|ca',
    FROM: 'ab|ab dem|ab der|fruhestens|fruhestens um|nicht vor|fruhestens am',
    NOON: 'mittag|mittags|zwolf uhr mittags|12 uhr mittags',
    MIDNIGHT: 'mitternacht',
    HALFTO: 'halb|halber',
    QUART: 'viertel',
    THREEQ: 'dreiviertel|drei viertel',
    AND: 'und',
    PMORN: 'vormittag|vormittags|morgens|am vormittag|in der fruh|fruh|am morgen|vor mittag|fruhmorgens|in der fruhe',
    PAFT: 'nachmittag|nachmittags|am nachmittag|nach dem mittagessen|nach mittag',
    PEVE: 'abend|abends|am abend',
    UNTIL: 'bis|bis um uhr|spatestens|bis spatestens|bis zum|bis um|spatestens um|spatestens am',
    BEFORE: 'vor|vor dem|vor der',
    AFTER: 'nach|nach dem|nach der',
    FOLLOWING: 'danach|darauf|darauffolgenden|der danach|den danach|daraufhin',
    BETWEEN: 'zwischen',
    OR: 'oder|sonst|ansonsten|andernfalls|beziehungsweise|bzw|notfalls',
    CORR: 'entschuldigung|ich meine|ich meinte|lieber|besser|doch|sondern|vielmehr|beziehungsweise doch|nein doch|verzeihung|sorry|also doch|stattdessen|moment|genauer|sagen wir|dafur|aber|pardon|eher|machen wir|ach nein|korrektur',
    INSTEADOF: 'statt|anstatt|anstelle von|statt am|anstatt am',
    NOT: 'nicht|kein|keinen|keine|ausser|weder|noch|nicht am|ausgenommen',
    NO: 'nein|ne',
    CANT: 'geht nicht|kann ich nicht|geht es nicht|passt nicht|geht es mir nicht|ist unmoglich|passt mir nicht|ich kann nicht|bin ich nicht da|arbeite ich|ist schlecht|geht leider nicht|passt leider nicht|ist zu fruh|ist zu spat|kann ich leider nicht',
    ABOUT: 'geboren|ausgestellt|abgelaufen|ablauft|lauft',
    MOVE: 'verschieben|umbuchen|verlegen|vorziehen|andern',
    ANY: 'irgendein|irgendeinen|irgendeiner|irgendeinem|jeder|jeden|jedem|beliebig|beliebigen|alle',
    VAGUE: 'irgendwann|demnachst|bald|fruhling|fruhjahr|sommer|herbst|winter|spater|ein anderer tag|einen anderen tag|unter der woche',
    ASAP: 'so bald wie moglich|so schnell wie moglich|moglichst bald|schnellstmoglich|baldmoglichst|nachster freier termin|nachsten freien termin|erster freier termin|ersten freien termin|sofort|jetzt|so fruh wie moglich',
    YOUSAY:
      'egal|ist mir egal|sagen sie es mir|entscheiden sie|wann sie wollen|wann sie konnen|egal wann|keine praferenz|egal welcher tag|ich weiss nicht|weiss nicht|das ist mir gleich',
    HOLS: 'feiertage|ferien|feiertagen|weihnachtsferien|weihnachtsfeiertagen|urlaub|festtage',
    START: 'anfang|beginn|anfangs|erste woche|ersten woche|zweite woche|zweiten woche|dritte woche|dritten woche|ersten tagen',
    MID: 'mitte',
    END: 'ende|letzte woche|letzten woche|letzten tagen|vierten woche',
    'DAY BEFORE': 'vorabend von|tag vor|am tag vor',
    'FE=12-24': 'heiligabend|heilig abend|heiliger abend|heiligen abend|weihnachtsabend',
    'FE=12-25': 'weihnachten|weihnachtstag|erster weihnachtstag|ersten weihnachtstag|ersten weihnachtsfeiertag|christtag',
    'FE=12-26': 'stephanstag|stefanstag|stefanitag|zweiter weihnachtstag|zweiten weihnachtstag|zweiten weihnachtsfeiertag',
    'FE=12-31': 'silvester|letzten tag des jahres|letzter tag des jahres',
    'FE=01-01': 'neujahr|neujahrstag',
    'FE=01-06': 'dreikonigstag|heilige drei konige|dreikonig|epiphanias|erscheinung des herrn',
    'FE=02-14': 'valentinstag',
    'FE=05-01': 'tag der arbeit',
    'FE=08-15': 'maria himmelfahrt|ferragosto',
    'FE=10-31': 'halloween|reformationstag',
    'FE=11-01': 'allerheiligen',
    'FE=11-02': 'allerseelen',
    'FE=12-06': 'nikolaus|nikolaustag',
    'FE=12-08': 'maria empfangnis|unbefleckte empfangnis',
    'FE=E-48': 'rosenmontag',
    'FE=E-46': 'aschermittwoch',
    'FE=E-3': 'grundonnerstag',
    'FE=E-2': 'karfreitag',
    'FE=E+0': 'ostern|ostersonntag',
    'FE=E+1': 'ostermontag',
    'FE=E+39': 'christi himmelfahrt',
    'FE=E+50': 'pfingstmontag',
    x: 'guten morgen|guten tag|guten abend|guten nachmittag|gute nacht|zu jeder zeit|jederzeit gern|um wie viel uhr|wie viel uhr|welcher tag|nicht zu|nicht so|wenn moglich|am besten|ein termin|einen termin|eine frage|am liebsten|die frage|um einen termin|um einen|zu fruh',
  },
};
export default table;
