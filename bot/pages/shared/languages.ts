/** Languages of the citizen's pages: their own names, and which way they are written. */
export const LANGUAGE_NAMES: Record<string, string> = {
  it: 'Italiano',
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  sl: 'Slovenščina',
  ro: 'Română',
  ar: 'العربية',
  zh: '中文',
  uk: 'Українська',
};

export const directionOf = (lang: string): 'ltr' | 'rtl' => (lang.slice(0, 2) === 'ar' ? 'rtl' : 'ltr');

/** Tag told to the server: the countries are those of the office's citizens. */
export const localeOf = (lang: string): string => (lang === 'it' ? 'it-IT' : lang === 'en' ? 'en-GB' : lang);
