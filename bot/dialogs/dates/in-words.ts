/** A resolved date read back to the citizen: "giovedì 26 novembre 2026 alle 10:30". */
import type { Part } from './reading.ts';

const LOCALES: Record<string, string> = {
  it: 'it-IT',
  en: 'en-GB',
  de: 'de-DE',
  fr: 'fr-FR',
  es: 'es-ES',
  sl: 'sl-SI',
  ro: 'ro-RO',
  ar: 'ar-u-nu-latn',
  zh: 'zh-CN',
  uk: 'uk-UA',
};
const AT: Record<string, (time: string) => string> = {
  it: (time) => (time.startsWith('01:') ? `all'${time.slice(1)}` : `alle ${time}`),
  en: (time) => `at ${time}`,
  de: (time) => `um ${time} Uhr`,
  fr: (time) => `à ${time}`,
  es: (time) => (/^0?1:/.test(time) ? `a la ${time}` : `a las ${time}`),
  sl: (time) => `ob ${time}`,
  ro: (time) => `la ${time}`,
  ar: (time) => `الساعة ${time}`,
  zh: (time) => time,
  uk: (time) => `о ${time}`,
};
const PARTS: Record<string, Record<Part, string>> = {
  it: { morning: 'di mattina', afternoon: 'di pomeriggio', evening: 'di sera' },
  en: { morning: 'in the morning', afternoon: 'in the afternoon', evening: 'in the evening' },
  de: { morning: 'vormittags', afternoon: 'nachmittags', evening: 'abends' },
  fr: { morning: 'le matin', afternoon: "l'après-midi", evening: 'le soir' },
  es: { morning: 'por la mañana', afternoon: 'por la tarde', evening: 'por la noche' },
  sl: { morning: 'dopoldne', afternoon: 'popoldne', evening: 'zvečer' },
  ro: { morning: 'dimineața', afternoon: 'după-amiaza', evening: 'seara' },
  ar: { morning: 'صباحًا', afternoon: 'بعد الظهر', evening: 'مساءً' },
  zh: { morning: '上午', afternoon: '下午', evening: '晚上' },
  uk: { morning: 'вранці', afternoon: 'по обіді', evening: 'увечері' },
};
const formats = new Map<string, Intl.DateTimeFormat>();

/** `date` `YYYY-MM-DD`, `time` `HH:MM`; a language we do not speak is read back in Italian. The part is told only when no hour is known. */
export function dateInWords({ date, time, part }: { date: string; time?: string; part?: Part }, lang = 'it'): string {
  const code = lang.slice(0, 2) in LOCALES ? lang.slice(0, 2) : 'it';
  const day = format(code).format(new Date(`${date}T00:00:00Z`));
  const rest = time ? AT[code]?.(time.replace(/^0(?=[2-9]:)/, '')) : part && PARTS[code]?.[part];
  return rest ? `${day} ${rest}` : day;
}

function format(code: string): Intl.DateTimeFormat {
  const known = formats.get(code);
  if (known) return known;
  const made = new Intl.DateTimeFormat(LOCALES[code], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  formats.set(code, made);
  return made;
}
