/** What we say in Romanian unasked: reminders, calls, news, and how to stop them. */
export const notices: Record<string, string> = {
  noticeReminder:
    '**Memento**: aveți o programare, {service}, {when}. Cod {code}. Pentru a o muta sau anula, scrieți aici; pentru a nu mai primi mementouri scrieți „stop mementouri”.',
  noticeTurn: '**Este rândul dumneavoastră**: este chemat numărul {ticket} ({line}).',
  noticeCase: 'Dosarul **{ref}** s-a schimbat: {state}.',
  noticeCaseOffer: 'Anunțați-mă dacă dosarul se schimbă',
  noticeCaseOn: 'Bine: dacă dosarul {ref} se schimbă, vă scriu aici.',
  noticeExpiry: '**Memento**: {document} expiră {day}.',
  noticeExpiryOn:
    'Bine: cu {days} zile înainte să expire ({document}, {day}) vă amintesc aici. Pentru a renunța scrieți „stop mementouri”.',
  noticeAlert: '**Anunț**: {text}',
  noticeCorrection: '**Rectificare**: {text}',
  noticeSource: 'Sursă: [{title}]({url})',
  noticeEnded: 'Nu mai este valabil: {text}',
  noticeStop: 'Pentru a nu mai primi noutăți scrieți „stop noutăți”.',
  newsOffer: 'Primiți noutățile primăriei',
  newsOn: 'Bine: vă scriu aici noutățile primăriei ({topic}). Pentru a renunța scrieți „stop noutăți”.',
  newsOff: 'Gata: nu vă mai scriu noutăți.',
  remindersOff: 'Gata: nu vă mai trimit mementouri. Pentru a le primi din nou scrieți „reactivează mementouri”.',
  remindersBack: 'Gata: vă amintesc din nou programările cu o zi înainte.',
  stopNews: 'stop noutăți',
  stopReminders: 'stop mementouri',
  startReminders: 'reactivează mementouri',
};
