/** What we say in Italian unasked: reminders, calls, news, and how to stop them. */
export const notices: Record<string, string> = {
  noticeReminder:
    '**Promemoria**: hai un appuntamento, {service}, {when}. Codice {code}. Per spostarlo o disdirlo scrivilo qui; per non ricevere promemoria scrivi «stop promemoria».',
  noticeTurn: '**Tocca a te**: il numero {ticket} è chiamato ({line}).',
  noticeCase: 'La pratica **{ref}** è cambiata: {state}.',
  noticeCaseOffer: 'Avvisami se la pratica cambia',
  noticeCaseOn: 'Va bene: se la pratica {ref} cambia te lo scrivo qui.',
  noticeExpiry: '**Promemoria**: {document} scade {day}.',
  noticeExpiryOn: 'Va bene: {days} giorni prima che scada ({document}, {day}) te lo ricordo qui. Per rinunciare scrivi «stop promemoria».',
  noticeAlert: '**Avviso**: {text}',
  noticeCorrection: '**Rettifica**: {text}',
  noticeSource: 'Fonte: [{title}]({url})',
  noticeEnded: 'Non vale più: {text}',
  noticeStop: 'Per non ricevere altre notizie scrivi «stop notizie».',
  newsOffer: 'Ricevi le notizie del Comune',
  newsOn: 'Va bene: ti scrivo qui le notizie del Comune ({topic}). Per smettere scrivi «stop notizie».',
  newsOff: 'Fatto: non ti scrivo più notizie.',
  remindersOff: 'Fatto: non ti mando più promemoria. Per riaverli scrivi «riattiva promemoria».',
  remindersBack: 'Fatto: ti ricordo di nuovo gli appuntamenti il giorno prima.',
  stopNews: 'stop notizie',
  stopReminders: 'stop promemoria',
  startReminders: 'riattiva promemoria',
};
