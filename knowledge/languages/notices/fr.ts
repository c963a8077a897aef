/** What we say in French unasked: reminders, calls, news, and how to stop them. */
export const notices: Record<string, string> = {
  noticeReminder:
    '**Rappel** : vous avez un rendez-vous, {service}, {when}. Code {code}. Pour le déplacer ou l’annuler, écrivez-le ici ; pour ne plus recevoir de rappels écrivez « stop rappels ».',
  noticeTurn: '**C’est votre tour** : le numéro {ticket} est appelé ({line}).',
  noticeCase: 'Le dossier **{ref}** a changé : {state}.',
  noticeCaseOffer: 'Prévenez-moi si le dossier change',
  noticeCaseOn: 'D’accord : si le dossier {ref} change, je l’écris ici.',
  noticeExpiry: '**Rappel** : {document} expire {day}.',
  noticeExpiryOn:
    'D’accord : {days} jours avant l’échéance ({document}, {day}) je vous le rappelle ici. Pour arrêter écrivez « stop rappels ».',
  noticeAlert: '**Avis** : {text}',
  noticeCorrection: '**Rectification** : {text}',
  noticeSource: 'Source : [{title}]({url})',
  noticeEnded: 'N’est plus valable : {text}',
  noticeStop: 'Pour ne plus recevoir de nouvelles écrivez « stop nouvelles ».',
  newsOffer: 'Recevoir les nouvelles de la commune',
  newsOn: 'D’accord : j’écris ici les nouvelles de la commune ({topic}). Pour arrêter écrivez « stop nouvelles ».',
  newsOff: 'C’est fait : je ne vous écris plus de nouvelles.',
  remindersOff: 'C’est fait : je ne vous envoie plus de rappels. Pour les retrouver, écrivez « réactiver rappels ».',
  remindersBack: 'C’est fait : je vous rappelle de nouveau vos rendez-vous la veille.',
  stopNews: 'stop nouvelles',
  stopReminders: 'stop rappels',
  startReminders: 'réactiver rappels',
};
