/** English words of dates and times. */
import type { WordTable } from './lexicon.ts';

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );
const TENS: [string, number][] = [
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['fifty', 50],
];

function numbers(): Map<string, number> {
  const all = new Map(UNITS.map((word, value) => [word, value]));
  for (const [ten, value] of TENS) {
    all.set(ten, value);
    for (let unit = 1; unit < 10; unit++) all.set(`${ten} ${UNITS[unit]}`, value + unit);
  }
  return all;
}

function ordinals(): Record<string, string> {
  const all: Record<string, string> = { 'ORD=30': 'thirtieth', 'ORD=31': 'thirty first' };
  ORDINALS.forEach((word, index) => {
    all[`ORD=${index + 1}`] = word;
    if (index < 9) all[`ORD=${index + 21}`] = `twenty ${word}`;
  });
  return all;
}

const table: WordTable = {
  code: 'en',
  numbers: numbers(),
  words: {
    ...ordinals(),
    'WD=1': 'monday|mon|mondays',
    'WD=2': 'tuesday|tue|tues|tuesdays',
    'WD=3': 'wednesday|wed|weds|wednesdays',
    'WD=4': 'thursday|thu|thur|thurs|thursdays',
    'WD=5': 'friday|fri|fridays',
    'WD=6': 'saturday|sat|saturdays',
    'WD=7': 'sunday|sun|sundays',
    'M=1': 'january|jan',
    'M=2': 'february|feb',
    'M=3': 'march|mar',
    'M=4': 'april|apr',
    'M=6': 'june|jun',
    'M=7': 'july|jul',
    'M=8': 'august|aug',
    'M=9': 'september|sept|sep',
    'M=10': 'october|oct',
    'M=11': 'november|nov',
    'M=12': 'december|dec',
    'OF M=5': 'of may|in may',
    'M=5': 'mayo',
    'REL=0': 'today',
    'REL=0 PMORN': 'this morning',
    'REL=0 PAFT': 'this afternoon',
    'REL=0 PEVE': 'tonight|this evening',
    'REL=1': 'tomorrow|tomorow|tommorow|tommorrow|tmrw|tmw|tomoro',
    'REL=2': 'day after tomorrow|overmorrow|the day after tmrw',
    'REL=-1': 'yesterday',
    'REL=-2': 'day before yesterday',
    NEXT: 'next|coming|following|upcoming|nxt',
    THIS: 'this|current',
    LAST: 'previous|ago',
    LASTORD: 'last',
    OVERNEXT: 'after next|after the next one|after next one',
    DAY: 'day|days',
    WEEK: 'week|weeks|wk',
    MONTH: 'month|months',
    YEAR: 'year|years',
    HOUR: 'hour|hours',
    OCLOCK: 'o clock|oclock|hrs|hours sharp',
    MIN: 'minutes|minute|mins|min',
    WEEKEND: 'weekend|week end',
    WORKDAY: 'working day|business day|weekday|workday|working days|business days|work day',
    'REL=0 WEEKON=14': 'in a fortnight|a fortnight today|a fortnight from now',
    HALFHOUR: 'half an hour|half hour',
    QUARTERHOUR: 'a quarter of an hour',
    'N=2': 'a couple of|couple of',
    FEW: 'a few|some|several',
    IN: 'in|within',
    FROMNOW: 'from now|from today|time|s time|hence',
    FROM: 'from|starting|starting from|any time after|anytime after|not before|no earlier than|not earlier than|earliest',
    A: 'a|an',
    THE: 'the|on the|on|for the|for|number',
    OF: 'of|in the',
    AT: 'at|around|about|by about|at about|at around',
    NOON: 'noon|midday|12 noon',
    MIDNIGHT: 'midnight',
    HALF: 'half',
    QUART: 'quarter|a quarter',
    PAST: 'past',
    AND: 'and',
    AM: 'am|a m',
    PM: 'pm|p m',
    PMORN: 'morning|in the morning|mornings|before lunch|before noon|late morning|early morning|mid morning',
    PAFT: 'afternoon|in the afternoon|afternoons|after lunch|early afternoon|late afternoon|this aft',
    PEVE: 'evening|in the evening|at night|after dinner|evenings',
    UNTIL: 'until|till|by|no later than|not later than|before the end of',
    BEFORE: 'before',
    AFTER: 'after|following the',
    FOLLOWING: 'after that|the one after|the one after that|the day after that|the following one',
    BETWEEN: 'between',
    TO: 'to|through',
    OR: 'or|otherwise|or else|alternatively|failing that',
    CORR: 'sorry|i mean|i meant|rather|actually|instead|make it|better|let s say|let s make it|let s do|correction|no wait|wait|oops|make that|prefer|i prefer|i d prefer|but',
    INSTEADOF: 'instead of|rather than',
    NOT: 'not|except|except for|apart from|but not|neither|nor|anything but|isn t|don t|excluding',
    NO: 'no',
    CANT: 'i can t|can t|cannot|i cannot|doesn t work|does not work|won t work|is impossible|is no good|isn t possible|i m busy|i am busy|i can t make|is not possible|isn t good|i work|is not good|doesn t suit|does not suit|is too early|is too late',
    ABOUT: 'expires|expired|expiring|born|issued|married|birth',
    MOVE: 'move|reschedule|change|postpone|bring forward|shift',
    ANY: 'any|every|each|whichever|one of',
    VAGUE:
      'spring|summer|autumn|winter|soon|sometime|some time|some day|some other day|another day|one of these days|later this week|sometime this',
    ASAP: 'as soon as possible|asap|earliest possible|first available|soonest|as soon as you can|earliest available|right now|now|straight away|immediately',
    YOUSAY:
      'whenever|you choose|you decide|up to you|i don t mind|any day|no preference|i have no preference|whatever day|whenever you can|doesn t matter when|i don t know|not sure|anytime you want|you tell me',
    HOLS: 'holidays|christmas holidays|vacation|the holidays|easter holidays|festivities',
    START: 'beginning|start|early|first week|first days|the beginning|second week|third week',
    MID: 'mid|middle|the middle|halfway through',
    END: 'end|late|last week|last days|the end|fourth week',
    'DAY BEFORE': 'eve of|the eve of',
    'FE=12-24': 'christmas eve|xmas eve',
    'FE=12-25': 'christmas|christmas day|xmas|xmas day',
    'FE=12-26': 'boxing day|st stephen s day|saint stephen|st stephen s|saint stephen s day',
    'FE=12-31': 'new year s eve|new years eve|last day of the year|nye',
    'FE=01-01': 'new year s day|new years day|new year|new year s|new years',
    'FE=01-06': 'epiphany',
    'FE=02-14': 'valentine s day|valentines day|st valentine s day',
    'FE=04-25': 'liberation day',
    'FE=06-02': 'republic day',
    'FE=05-01': 'labour day|labor day|may day',
    'FE=10-31': 'halloween',
    'FE=11-01': 'all saints|all saints day|all saints day s',
    'FE=12-08': 'immaculate conception',
    'FE=E-2': 'good friday',
    'FE=E+0': 'easter|easter sunday',
    'FE=E+1': 'easter monday',
    x: 'good morning|good afternoon|good evening|good day|good night|any time|anytime|at any time|any time of day|what time|what day|one moment|at the earliest|not too|not very|if possible|first of all|at the latest|all day|the appointment|an appointment|a second|at all|the first time|at your|in time|on time',
  },
};
export default table;
