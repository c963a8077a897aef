/** Days on which public offices in Italy are closed by law. */

const FIXED: Record<string, string> = {
  '01-01': 'Capodanno',
  '01-06': 'Epifania',
  '04-25': 'Festa della Liberazione',
  '05-01': 'Festa dei lavoratori',
  '06-02': 'Festa della Repubblica',
  '08-15': 'Ferragosto',
  '11-01': 'Ognissanti',
  '12-08': 'Immacolata Concezione',
  '12-25': 'Natale',
  '12-26': 'Santo Stefano',
};

/** Name of the national holiday on `day` (`YYYY-MM-DD`), or null. Easter Sunday counts although offices are closed on Sundays anyway. */
export function holidayOn(day: string): string | null {
  const year = Number(day.slice(0, 4));
  const date = day.slice(5);
  if (FIXED[date]) return FIXED[date];
  // L. 151/2025: a national holiday again from 2026.
  if (date === '10-04' && year >= 2026) return 'San Francesco d’Assisi';
  // Easter falls between 22 March and 25 April.
  if (date < '03-22' || date > '04-26') return null;
  const easter = easterOf(year);
  if (day === iso(easter)) return 'Pasqua';
  if (day === iso(easter + 86_400_000)) return 'Lunedì dell’Angelo';
  return null;
}

/** Easter Sunday, epoch ms UTC: the Sunday after the first full moon of spring, by the Gregorian computus. */
function easterOf(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const moon = (19 * golden + century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 15) % 30;
  const fullMoon = moon - Math.floor(moon / 28) * (1 - Math.floor(29 / (moon + 1)) * Math.floor((21 - golden) / 11));
  const weekday = (year + Math.floor(year / 4) + fullMoon + 2 - century + Math.floor(century / 4)) % 7;
  // Days after 28 March.
  return Date.UTC(year, 2, 28 + fullMoon - weekday);
}

const iso = (at: number): string => new Date(at).toISOString().slice(0, 10);
