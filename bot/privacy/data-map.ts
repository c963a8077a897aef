/** What every table holds of people, and what becomes of it. The type asks for a line the day somebody adds a table. */
import type { Tables } from '../../connectors/databases/schema.ts';

export interface Holding {
  /** In words for the record of processing (docs/privacy.md). */
  holds: string;
  /**
   * `deleted` · `emptied`: what a person wrote or is goes, the row stays for the counts · `kept`: nothing of citizens, or a duty to keep it.
   * The same for the end of the retention and for an erasure.
   */
  after: 'deleted' | 'emptied' | 'kept';
}

export const DATA_MAP: Record<keyof Tables, Holding> = {
  conversation: { holds: 'identificativo del cittadino nel canale, lingua, stato del dialogo', after: 'emptied' },
  activity: { holds: 'i messaggi, di cittadini, assistente e operatori', after: 'deleted' },
  inbox: { holds: 'i messaggi ricevuti', after: 'deleted' },
  outbox: { holds: 'i messaggi da consegnare', after: 'deleted' },
  answer: { holds: 'domande e risposte', after: 'emptied' },
  feedback: { holds: 'voti e commenti, mascherati', after: 'emptied' },
  rating: { holds: 'stelle e commenti, mascherati', after: 'emptied' },
  gap: { holds: 'domande senza risposta, mascherate', after: 'deleted' },
  gap_work: { holds: 'chi cura una domanda senza risposta', after: 'deleted' },
  gap_watch: { holds: 'le conversazioni da avvisare', after: 'deleted' },
  mail: { holds: 'lettere da spedire o spedite, i file in DATA_DIR/mails', after: 'deleted' },
  upload: { holds: 'nomi degli allegati; i file stanno in DATA_DIR/uploads', after: 'deleted' },
  upload_content: { holds: 'gli allegati, dove più processi usano PostgreSQL', after: 'deleted' },
  channel_address: { holds: 'come un canale (Telegram, WhatsApp …) nomina la chat del cittadino', after: 'deleted' },
  channel_link: { holds: 'impronte dei codici che portano una conversazione su un altro canale', after: 'deleted' },
  channel_media: { holds: 'file ancora da prendere dal canale', after: 'deleted' },
  delivery: { holds: 'consegna e lettura di ogni messaggio', after: 'deleted' },
  handoff: { holds: 'richieste di un operatore, recapiti lasciati', after: 'emptied' },
  handoff_note: { holds: 'note fra operatori', after: 'deleted' },
  booking: { holds: 'nome, codice fiscale, recapiti e nota di chi prenota', after: 'emptied' },
  booking_waiting: { holds: 'nome, codice fiscale e recapiti di chi è in lista d’attesa', after: 'emptied' },
  waiting_watch: { holds: 'in quale conversazione avvisare chi è in lista d’attesa, con il suo codice fiscale', after: 'deleted' },
  booking_request: { holds: 'chiavi delle prenotazioni fatte', after: 'deleted' },
  report: { holds: 'descrizione, foto e recapito di chi segnala', after: 'emptied' },
  report_sent: { holds: 'segnalazioni inoltrate a un altro sistema', after: 'deleted' },
  guess: { holds: 'tentativi sbagliati, per cittadino e conversazione', after: 'deleted' },
  case_file: {
    holds: 'pratiche: oggetto, risposte date, impronte di codice fiscale e cognome',
    after: 'kept',
  },
  case_sent: { holds: 'quale pratica è quale richiesta del programma dell’ufficio', after: 'kept' },
  payment_notice: { holds: 'avvisi di pagamento importati dall’ente, senza nomi', after: 'kept' },
  ticket: { holds: 'numeri di coda, senza nomi', after: 'kept' },
  counter_call: { holds: 'numeri chiamati agli sportelli, senza nomi', after: 'kept' },
  audit: { holds: 'atti del personale: identificativi, mai testi', after: 'kept' },
  staff_user: { holds: 'utenti del personale', after: 'kept' },
  staff_totp: { holds: 'secondo fattore del personale', after: 'kept' },
  staff_recovery: { holds: 'impronte dei codici di riserva del personale', after: 'kept' },
  staff_identity: { holds: 'identificativo del personale presso il fornitore di identità dell’ente', after: 'kept' },
  staff_attempt: { holds: 'impronte degli accessi già usati', after: 'kept' },
  staff_session: { holds: 'sessioni del personale', after: 'deleted' },
  one_time_link: { holds: 'impronte dei collegamenti monouso', after: 'deleted' },
  desk_presence: { holds: 'operatori con lo sportello aperto', after: 'kept' },
  booking_office: { holds: 'orari e servizi', after: 'kept' },
  booking_seat: { holds: 'posti occupati', after: 'kept' },
  document: { holds: 'documenti pubblicati', after: 'kept' },
  document_version: { holds: 'testi pubblicati', after: 'kept' },
  document_test: { holds: 'domande di prova dei redattori', after: 'kept' },
  version_note: { holds: 'lavoro dei redattori sulle bozze', after: 'kept' },
  curated_answer: { holds: 'risposte scritte dai redattori', after: 'kept' },
  editor_office: { holds: 'regole di pubblicazione per ufficio', after: 'kept' },
  passage: { holds: 'brani dei documenti', after: 'kept' },
  passage_vector: { holds: 'vettori dei brani', after: 'kept' },
  crawl: { holds: 'pagine lette', after: 'kept' },
  office: { holds: 'uffici', after: 'kept' },
  learned: { holds: 'tarature', after: 'kept' },
  report_category: { holds: 'categorie di segnalazione', after: 'kept' },
  yearly_count: { holds: 'contatori', after: 'kept' },
  desk_hours: { holds: 'orari degli uffici', after: 'kept' },
  answer_switch: { holds: 'interruttori delle risposte', after: 'kept' },
  body_setting: { holds: 'nome e testi dell’ente', after: 'kept' },
  quality_sample: { holds: 'quali risposte sono nel campione, senza testi', after: 'kept' },
  quality_verdict: { holds: 'giudizi del personale sul campione', after: 'kept' },
  handoff_remote: { holds: 'identificativo della richiesta in un altro sistema', after: 'kept' },
  secret: { holds: 'chiavi del server', after: 'kept' },
};
