/** What the desk's REST doors give, as the page reads it. */

export interface Listed {
  id: string;
  number: string;
  conversationId: string;
  state: string;
  office: string | null;
  lang: string | null;
  channel: string;
  request: { text?: string; contact?: string | null };
  agent: { id: string; name: string } | null;
  createdAt: string;
  closedAt: string | null;
  outcome: string | null;
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
  transcript: Said[];
  notes: { id: string; author: string; text: string; createdAt: string }[];
  colleagues: { id: string; name: string; office: string | null; present: boolean }[];
}

export interface Suggestion {
  suggestion: string;
  question: string;
  outcome: string;
  text: string;
  citations: Cited[];
}

export const VIEWS = { waiting: 'In attesa', mine: 'Mie', open: 'Tutte aperte', closed: 'Chiuse' } as const;
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

/** «3 min», «2 h 05», «4 giorni». */
export function since(from: string, to = Date.now()): string {
  const minutes = Math.max(0, Math.floor((to - Date.parse(from)) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
  return `${Math.floor(minutes / (24 * 60))} giorni`;
}
