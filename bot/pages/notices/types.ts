/** What the doors of notices give, and how it reads. */
import type { Preview as Reached } from '../../notices/audience.ts';
import type { News, NewsInput } from '../../notices/news.ts';

export type { NoticeHours as Hours } from '../../notices/hours.ts';
export type { NoticeSent, SentCount } from '../../notices/sent.ts';

export type Notice = NewsInput & Pick<News, 'id' | 'ended'>;

export interface Preview extends Reached {
  topics: { topic: string; agreed: number }[];
}

export type Type = 'alert' | 'crisis' | 'correction' | 'campaign';

export const TYPES: Record<Type, { title: string; about: string }> = {
  alert: { title: 'Avviso di servizio', about: 'con un inizio e una fine: uno sportello chiuso, l’acqua che manca' },
  crisis: { title: 'Emergenza', about: 'striscione sul sito, prima riga di ogni conversazione, anche di notte' },
  correction: { title: 'Rettifica di una notizia falsa', about: 'con la fonte che la smentisce' },
  campaign: { title: 'Campagna', about: 'solo a chi ha chiesto le notizie, una volta' },
};

/** An urgent alert is what staff know as an emergency. */
export const typeOf = ({ kind, urgent }: Pick<Notice, 'kind' | 'urgent'>): Type => (kind === 'alert' && urgent ? 'crisis' : kind);

const CHANNELS: Record<string, string> = { web: 'Sito', telegram: 'Telegram', whatsapp: 'WhatsApp', teams: 'Teams' };
export const channelName = (name: string): string => CHANNELS[name] ?? name;

export const LANGUAGES: Record<string, string> = {
  it: 'italiano',
  en: 'inglese',
  de: 'tedesco',
  fr: 'francese',
  es: 'spagnolo',
  sl: 'sloveno',
  ro: 'rumeno',
  ar: 'arabo',
  zh: 'cinese',
  uk: 'ucraino',
};

export const day = (iso: string): string => new Date(iso).toLocaleString('it-IT', { dateStyle: 'long', timeStyle: 'short' });
