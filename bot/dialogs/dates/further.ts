/** Days and hours written in languages that the date reader has no grammar for, word for word in Italian: our own buttons and everyday short answers, not every way of saying it. */
import { foldAccents } from '../../../knowledge/languages/reading/stem.ts';

const ITALIAN_DAYS = 'lunedì martedì mercoledì giovedì venerdì sabato domenica'.split(' ');
const ITALIAN_MONTHS = 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'.split(' ');

interface Words {
  /** Monday first; further forms of one day after a slash. */
  days: string;
  months: string;
  /** Anything else, more than one word allowed. */
  other: Record<string, string>;
}

const WORDS: Record<string, Words> = {
  sl: {
    days: 'ponedeljek/ponedeljka torek/torka sreda/sredo/srede četrtek/četrtka petek/petka sobota/soboto/sobote nedelja/nedeljo/nedelje',
    months:
      'januar/januarja/januarjem februar/februarja marec/marca april/aprila maj/maja junij/junija julij/julija avgust/avgusta september/septembra oktober/oktobra november/novembra december/decembra',
    other: {
      danes: 'oggi',
      jutri: 'domani',
      pojutrišnjem: 'dopodomani',
      'naslednji teden': 'la settimana prossima',
      'prihodnji teden': 'la settimana prossima',
      ob: 'alle',
      'ob uri': 'alle',
      dopoldne: 'di mattina',
      zjutraj: 'di mattina',
      popoldne: 'di pomeriggio',
      zvečer: 'di sera',
      ali: 'o',
    },
  },
  ro: {
    days: 'luni/lunea marți/marțea miercuri/miercurea joi/joia vineri/vinerea sâmbătă/sâmbăta duminică/duminica',
    months: 'ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie',
    other: {
      azi: 'oggi',
      astăzi: 'oggi',
      mâine: 'domani',
      poimâine: 'dopodomani',
      'săptămâna viitoare': 'la settimana prossima',
      'la ora': 'alle',
      la: 'alle',
      ora: 'alle',
      dimineața: 'di mattina',
      dimineaţa: 'di mattina',
      'după-amiaza': 'di pomeriggio',
      'după amiaza': 'di pomeriggio',
      'după-amiază': 'di pomeriggio',
      seara: 'di sera',
      'și jumătate': 'e mezza',
      'și un sfert': 'e un quarto',
      sau: 'o',
    },
  },
  ar: {
    days: 'الاثنين/الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد',
    months: 'يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر',
    other: {
      اليوم: 'oggi',
      'بعد غد': 'dopodomani',
      غدا: 'domani',
      'الأسبوع القادم': 'la settimana prossima',
      'الأسبوع المقبل': 'la settimana prossima',
      الساعة: 'alle',
      يوم: '',
      صباحا: 'di mattina',
      'بعد الظهر': 'di pomeriggio',
      مساء: 'di sera',
      والنصف: 'e mezza',
      والربع: 'e un quarto',
      أو: 'o',
    },
  },
  uk: {
    days: 'понеділок/понеділка вівторок/вівторка середа/середу/середи четвер/четверга пятниця/пятницю/пятниці/п’ятниця/п’ятницю/п’ятниці субота/суботу/суботи неділя/неділю/неділі',
    months:
      'січень/січня лютий/лютого березень/березня квітень/квітня травень/травня червень/червня липень/липня серпень/серпня вересень/вересня жовтень/жовтня листопад/листопада грудень/грудня',
    other: {
      сьогодні: 'oggi',
      завтра: 'domani',
      післязавтра: 'dopodomani',
      'наступного тижня': 'la settimana prossima',
      'наступний тиждень': 'la settimana prossima',
      о: 'alle',
      об: 'alle',
      годині: '',
      година: '',
      р: '',
      року: '',
      вранці: 'di mattina',
      зранку: 'di mattina',
      ранку: 'di mattina',
      'по обіді': 'di pomeriggio',
      пополудні: 'di pomeriggio',
      дня: 'di pomeriggio',
      увечері: 'di sera',
      ввечері: 'di sera',
      вечора: 'di sera',
      або: 'o',
      чи: 'o',
    },
  },
};

interface Table {
  pattern: RegExp;
  italian: Map<string, string>;
}
const tables = new Map(Object.entries(WORDS).map(([code, words]) => [code, tableOf(words)] as const));

/** The text with what it says about days and hours in Italian; unchanged in other languages. O(letters). */
export function datesInItalian(text: string, lang: string): string {
  if (lang === 'zh') return fromChinese(text);
  const table = tables.get(lang);
  if (!table) return text;
  const said = digits(text).toLowerCase().normalize('NFC').replace(/[ʼ']/g, '’');
  const read = foldAccents(said).replace(table.pattern, (whole) => table.italian.get(whole) ?? whole);
  // "26. november": the full stop is an ordinal's.
  return read.replace(/(\d{1,2})\.(?=\s+\p{L})/gu, '$1');
}

function tableOf({ days, months, other }: Words): Table {
  const italian = new Map<string, string>();
  const list = (words: string, meant: string[]) =>
    words.split(' ').forEach((forms, i) => {
      for (const form of forms.split('/')) italian.set(foldAccents(form), meant[i] as string);
    });
  list(days, ITALIAN_DAYS);
  list(months, ITALIAN_MONTHS);
  for (const [said, meant] of Object.entries(other)) italian.set(foldAccents(said), meant);
  const longestFirst = [...italian.keys()].sort((a, b) => b.length - a.length);
  return { italian, pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.join('|')})(?![\\p{L}\\p{N}])`, 'gu') };
}

const CHINESE_DAYS = '一二三四五六日';
const CHINESE_NUMBERS = '零一二三四五六七八九十';

function fromChinese(text: string): string {
  return digits(text)
    .replace(/十([一二])(?=[点月日号])/g, (_, unit: string) => String(10 + CHINESE_NUMBERS.indexOf(unit)))
    .replace(/[一二三四五六七八九十](?=[点月])/g, (sign) => String(CHINESE_NUMBERS.indexOf(sign)))
    .replace(/两(?=点)/g, '2')
    .replace(/(\d{4})年(\d{1,2})月(\d{1,2})[日号]?/g, ' $3/$2/$1 ')
    .replace(/(\d{1,2})月(\d{1,2})[日号]?/g, ' $2/$1 ')
    .replace(/(\d{1,2})[日号]/g, ' il $1 ')
    .replace(/下(?:个)?(?:星期|周|礼拜)(?![一二三四五六日天])/g, ' la settimana prossima ')
    .replace(
      /(?:下|下个)?(?:星期|周|礼拜)([一二三四五六日天])/g,
      (_, day: string) => ` ${ITALIAN_DAYS[day === '天' ? 6 : CHINESE_DAYS.indexOf(day)]} `,
    )
    .replace(/大?后天/g, ' dopodomani ')
    .replace(/明天/g, ' domani ')
    .replace(/今天/g, ' oggi ')
    .replace(
      /(上午|早上|下午|晚上|中午)?(\d{1,2})点(半|一刻|\d{1,2}分?)?/g,
      (_, part: string | undefined, hour: string, more: string | undefined) => {
        const minutes = more === '半' ? '30' : more === '一刻' ? '15' : (more?.replace('分', '') ?? '00');
        return ` alle ${hour}:${minutes.padStart(2, '0')} ${part ? PART[part] : ''} `;
      },
    )
    .replace(/上午|早上|下午|晚上|中午/g, (part) => ` ${PART[part]} `)
    .replace(/(?<=\s)(\d{1,2}:\d{2})/g, ' alle $1')
    .replace(/alle\s+alle/g, 'alle')
    .trim();
}

const PART: Record<string, string> = {
  上午: 'di mattina',
  早上: 'di mattina',
  下午: 'di pomeriggio',
  晚上: 'di sera',
  中午: 'di pomeriggio',
};

/** Arabic-Indic digits and full-width ones as ASCII. */
function digits(text: string): string {
  return text
    .replace(/[٠-٩]/g, (sign) => String(sign.charCodeAt(0) - 0x660))
    .replace(/[０-９：]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}
