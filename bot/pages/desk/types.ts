/** What the desk's REST doors give, as the page reads it. */

export interface Listed {
  id: string;
  number: string;
  conversationId: string;
  state: string;
  office: string | null;
  lang: string | null;
  channel: string;
  request: { text?: string; contact?: string | null; name?: string; surname?: string; email?: string; category?: string; service?: string };
  agent: { id: string; name: string } | null;
  createdAt: string;
  reason: string;
  closedAt: string | null;
  firstReplyAt: string | null;
  firstDueAt: string | null;
  resolveDueAt: string | null;
  outcome: string | null;
  /** When the citizen is to be called; null = not to be. */
  callAt: string | null;
}

export interface Cited {
  position: number;
  title: string;
  url: string;
  quote: string;
}

export interface Said {
  seq: number;
  role: 'citizen' | 'bot' | 'agent';
  name: string;
  text: string;
  at: string;
  citations: Cited[];
  attachments: { name: string; url: string }[];
  delivery: { status: string; error: string | null } | null;
}

export const DELIVERY: Record<string, string> = {
  waiting: 'in attesa di invio',
  sent: 'inviato',
  delivered: 'consegnato',
  read: 'letto',
  failed: 'non consegnato',
};

export interface Packet extends Listed {
  summary: string;
  /** The citizen has signed in, alone in this conversation. */
  identity: 'unknown' | 'verified';
  transcript: Said[];
  notes: { id: string; author: string; text: string; kind: string; createdAt: string }[];
  proposed: { text: string; citations: Cited[] } | null;
  callBack: { start: string; end: string; phone: string; tries: number } | null;
  /** Of the sign-in that stands in the chat now; null = none does. */
  level: number | null;
  /** An appointment that stands open before the citizen. */
  standing: { form: string; stage: string; missing: string | null; start: string | null } | null;
  colleagues: { id: string; name: string; office: string | null; present: boolean }[];
}

/** What the server says of an agent who is at the desk. */
export interface Here {
  agentsPresent: number;
  paused: boolean;
  letters: boolean;
}

export interface Suggestion {
  suggestion: string;
  question: string;
  outcome: string;
  text: string;
  citations: Cited[];
}

export const VIEWS = { waiting: 'In attesa', mine: 'Mie', open: 'Tutte aperte', calls: 'Richiamate', closed: 'Chiuse' } as const;
export type View = keyof typeof VIEWS;
export const STATES: Record<string, string> = {
  requested: 'richiesta lasciata',
  queued: 'in attesa',
  accepted: 'in corso',
  completed: 'chiusa',
  left: 'rinunciata',
};
export const OUTCOMES: Record<string, string> = {
  solved: 'Risolta',
  unsolved: 'Non risolta',
  appointment: 'Fissato un appuntamento',
  elsewhere: 'Di competenza altrui',
  returned: 'Torna all’assistente',
};
export const CHANNELS: Record<string, string> = { web: 'sito', telegram: 'Telegram', whatsapp: 'WhatsApp', teams: 'Teams' };

/** What was promised and is not done yet: «risposta entro le 10:15», «in ritardo di 12 min»; null = nothing open. */
export function promised(one: Listed, now = Date.now()): { words: string; late: boolean } | null {
  const due = one.firstReplyAt ? one.resolveDueAt : one.firstDueAt;
  if (!due || one.state === 'completed' || one.state === 'left') return null;
  const what = one.firstReplyAt ? 'chiusura' : 'risposta';
  if (Date.parse(due) < now) return { words: `${what} in ritardo di ${since(due, now)}`, late: true };
  const at = new Date(due);
  const today = at.toDateString() === new Date(now).toDateString();
  const time = at.toLocaleTimeString('it-IT', { hour: '2-digit', minute: '2-digit' });
  return {
    words: `${what} entro ${today ? 'le' : `${at.toLocaleDateString('it-IT', { weekday: 'short', day: 'numeric', month: 'numeric' })} alle`} ${time}`,
    late: false,
  };
}

/** «3 min», «2 h 05», «4 giorni». */
export function since(from: string, to = Date.now()): string {
  const minutes = Math.max(0, Math.floor((to - Date.parse(from)) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
  return `${Math.floor(minutes / (24 * 60))} giorni`;
}

/** «giovedì 26 novembre», of an ISO day or moment as the office's clock shows it. */
export const dayInWords = (iso: string): string =>
  new Date(`${iso.slice(0, 10)}T12:00:00`).toLocaleDateString('it-IT', { weekday: 'long', day: 'numeric', month: 'long' });

/** «oggi alle 15:00», «venerdì 4 dicembre alle 9:20», on the office's clock. */
export function callTime(iso: string, now = Date.now()): string {
  const part = (at: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('it-IT', { timeZone: 'Europe/Rome', ...options }).format(at);
  const day = (at: number) => part(at, { weekday: 'long', day: 'numeric', month: 'long' });
  const at = Date.parse(iso);
  return `${day(at) === day(now) ? 'oggi' : day(at)} alle ${part(at, { hour: 'numeric', minute: '2-digit' })}`;
}
