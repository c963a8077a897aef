import { appointments } from './appointments/it.ts';
import { channels } from './channels/it.ts';
import { citizens } from './citizens/it.ts';
import type { Language } from './contract.ts';
import { counter } from './counter/it.ts';
import { desk } from './desk/it.ts';
import { errands } from './errands/it.ts';
import { notices } from './notices/it.ts';
import { office } from './office/it.ts';
import { snowball, stopList } from './reading/stem.ts';

const stopWords = stopList(
  'a ad al allo alla ai agli alle all con col coi da dal dallo dalla dai dagli dalle dall di del dello della dei degli delle dell d in nel nello nella nei negli nelle nell',
  'su sul sullo sulla sui sugli sulle sull per tra fra il lo la i gli le l un uno una e ed o od ma se anche che chi cui non né',
  'io tu lui lei noi voi loro mi ti ci vi si me te ce ve ne c m t v s n mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra nostri nostre vostro vostra vostri vostre',
  'questo questa questi queste quest quello quella quelli quelle quell quel quei quegli ciò cio',
  'sono sei è siamo siete era ero erano eravamo essere stato stata stati state sia siano sarà saranno sarebbe fu fosse ho hai ha abbiamo avete hanno avere avevo aveva avevano abbia avrò avrà',
  'faccio fai fa fanno fare fatto posso puoi può possiamo possono potrei potrebbe potere devo devi deve dobbiamo devono dovrei dovrebbe dovere voglio vuoi vuole vorrei',
  'x xke xche nn cmq tt qnd come cosa cos che cosè quando dove dov quale quali qual quanto quanta quanti quante perché perchè più piu già gia così molto poco qui qua lì là ecco poi dunque quindi però pero',
);

const faintWords = stopList(
  'altro altra altri altre tutto tutta tutti tutte ogni solo sempre mai ancora dopo ora adesso oggi ieri domani appena stesso stessa proprio comunque qua pure fino durante invece forse circa senza sopra sotto contro verso meglio bene male',
  'vuol volere voluto sto sta stai stanno stare va vai vado vanno andare vengo viene venire vengono dire dico dice dicono detto so sa sai sapere sapete vedo vede vedi vedere visto trovo trova trovare metto mette mettere messo prendo prende prendere preso do dà dai dare dato',
  'chiedo chiede chiedere chiesto riesco riesce riuscire bisogno bisogna serve servono servire succede arriva arrivare arrivato averlo farlo fatta fatti fatte modo mano parte cosi tipo esempio volta volte grazie salve buongiorno ciao scusi scusate',
);

/** Italian: how to read it, and the words we say in it. */
export default function open(): Language {
  return {
    code: 'it',
    name: 'Italiano',
    direction: 'ltr',
    stopWords,
    lightWords: stopList('come cosa chi quando dove quanto quanta quanti quante quale quali qual perché'),
    faintWords,
    stem: snowball('italian'),
    words,
  };
}

const words: Record<string, string> = {
  ...appointments,
  ...channels,
  ...citizens,
  ...errands,
  ...notices,
  ...counter,
  ...office,
  ...desk,
  noticeName: 'assistente automatico',
  greeting:
    'Ciao, sono l’assistente automatico di {body}. Non sono una persona: rispondo con le parole dei documenti pubblicati dal Comune e ti mostro sempre da dove vengono. Se preferisci, puoi parlare con una persona in ogni momento.',
  privacy: 'Non scrivere dati personali o sanitari. [Come trattiamo i dati]({privacyUrl})',
  suggestion1: 'Quanto costa la carta d’identità?',
  suggestion2: 'Come cambio residenza?',
  suggestion3: 'Quando si paga la TARI?',
  person: 'Parla con una persona',
  none: 'Nessuna di queste',
  tellMe: 'Avvisami quando lo sapete',
  tellMeDone: 'Va bene: quando un redattore avrà pubblicato la risposta la scrivo qui, in questa conversazione.',
  nowAnswered: '**Ora abbiamo la risposta** alla tua domanda «{question}»:',
  cancel: 'Annulla',
  unanswerable: 'Nei documenti pubblicati non trovo una risposta sicura a questa domanda, e preferisco non inventarla.',
  offtopic: 'Questo non riguarda i servizi del Comune: non ho documenti che ne parlino.',
  canDo:
    'Posso dirti di documenti, tasse, scuola, rifiuti e orari degli uffici, prenderti un appuntamento o metterti in contatto con una persona.',
  feedbackThanks: 'Grazie, mi fa piacere! L’ho annotato per chi lavora qui.',
  feedbackNoted:
    'Grazie di averlo scritto: l’ho annotato, e chi gestisce il servizio lo leggerà. Per un reclamo formale o una risposta personale puoi parlare con una persona.',
  nearTopics: 'Non sono sicuro di aver capito. Forse cerchi una di queste informazioni?',
  nearest: 'Le pagine più vicine:',
  office: 'Puoi chiedere a **{office}**: {address}. Orari: {hours}. Telefono {phone}, e-mail {email}.',
  orPerson: 'Se vuoi, puoi parlare con una persona.',
  foreignQuote: 'Il documento ufficiale è in italiano e dice:',
  hello: 'Ciao! Chiedimi quello che ti serve: documenti, tasse, scuola, rifiuti, orari degli uffici.',
  thanks: 'Prego! Se ti serve altro, scrivi pure.',
  dropped: 'Va bene, lasciamo stare. Se ti serve altro, scrivi pure.',
  bye: 'Arrivederci e buona giornata.',
  who: 'Sono un assistente automatico, non una persona. Rispondo con le parole dei documenti del Comune. Se vuoi, puoi parlare con una persona.',
  nothing: 'Non ho letto nessuna domanda. Scrivi con parole tue che cosa ti serve.',
  emergency112:
    '**Se c’è un pericolo adesso chiama subito il 112** (gratuito, sempre attivo). Io sono un assistente automatico e non posso mandare soccorsi.',
  emergency1522:
    '**Se sei in pericolo adesso chiama il 112.** Per un aiuto riservato contro violenza e stalking chiama il **1522**: è gratuito e attivo giorno e notte.',
  emergencysuicide:
    'Mi dispiace che tu stia così male. **Chiama subito il 112**, oppure il Telefono Amico **02 2327 2327** (ogni giorno, dalle 9 alle 24). Parlarne con qualcuno aiuta.',
  failed: 'Qualcosa non ha funzionato e non sono riuscito a rispondere. Riprova, oppure parla con una persona.',
  apology: 'Mi dispiace: non sono riuscito a rispondere a questo messaggio, anche dopo averci riprovato. Vuoi parlare con una persona?',
  handoffAsk:
    'Certo. In questo momento non c’è un operatore collegato alla chat, ma puoi lasciare una richiesta: **scrivi il tuo nome e come possiamo ricontattarti** (telefono o e-mail), e se vuoi due righe su ciò che ti serve. Per rinunciare scrivi «annulla».',
  handoffAgain:
    'Per ricontattarti mi serve un **numero di telefono o un indirizzo e-mail**. Scrivilo insieme al tuo nome, oppure scrivi «annulla».',
  handoffDone:
    'Grazie, ho registrato la tua richiesta **n. {number}**. Ti risponde una persona di **{office}**, in questi orari: {hours}. Chi ti chiama leggerà anche questa conversazione: non dovrai ripetere tutto.',
  handoffDoneLater:
    'Grazie, ho registrato la tua richiesta **n. {number}**. Ti risponde una persona di **{office}**. Chi ti chiama leggerà anche questa conversazione: non dovrai ripetere tutto.',
  handoffCancelled: 'Va bene, non ho registrato nessuna richiesta. Puoi continuare a farmi domande.',
  deskBack: 'Gli operatori tornano **{when}**.',
  deskBackWhy: 'Oggi gli uffici sono chiusi ({why}). Gli operatori tornano **{when}**.',
  crowded:
    'Stanno scrivendo moltissime persone e in questo momento rispondo solo alle domande più frequenti. **Riprova tra qualche minuto**, oppure lascia un recapito: ti richiama una persona.',
  crowdedBanner: 'Stanno scrivendo moltissime persone: le risposte possono tardare. Se non è urgente, torna più tardi.',
  switchPeople: 'A queste domande risponde una persona, non il sistema automatico.',
  switchClosed: 'In questo momento il servizio non è disponibile.',
  switchApproval: 'Una persona controlla la risposta prima che ti arrivi: la trovi qui appena è pronta.',
  deskApproved: 'Risposta controllata da **{name}**.',
  deskQueued:
    'Ti metto in contatto con una persona. Intanto puoi continuare a scrivere: leggerà tutta la conversazione. Per rinunciare scrivi «annulla».',
  deskPlace: 'Sei il **numero {place}** in attesa.',
  deskWait: 'Di solito si aspetta **tra {from} e {to} minuti**.',
  deskWaitUnknown: 'Non so ancora stimare quanto aspetterai.',
  deskStill: 'La tua richiesta di parlare con una persona è sempre in attesa.',
  deskLeft: 'Va bene, non sei più in attesa. Puoi continuare a farmi domande.',
  deskJoined: 'Ora ti risponde **{name}**, una persona. Ha già letto la conversazione.',
  deskTransferred: 'Ti passo a **{name}**: leggerà tutta la conversazione, non dovrai ripetere nulla.',
  deskRequeued:
    '{name} non è più collegato. La tua richiesta è di nuovo in attesa: risponderà un’altra persona. Per rinunciare scrivi «annulla».',
  deskReturned: '{name} ha concluso. Da ora ti risponde di nuovo il sistema automatico.',
  deskClosed: '{name} ha chiuso la conversazione. Da ora ti risponde di nuovo il sistema automatico.',
  partUnanswered: 'Su «{part}» non trovo invece una risposta sicura nei documenti.',
  noneChosen: 'Ho capito: nessuna di queste. Ho segnalato la tua domanda a chi scrive le pagine.',
};
