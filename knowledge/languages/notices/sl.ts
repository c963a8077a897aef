/** What we say in Slovenian unasked: reminders, calls, news, and how to stop them. */
export const notices: Record<string, string> = {
  noticeReminder:
    '**Opomnik**: imate termin, {service}, {when}. Koda {code}. Če ga želite prestaviti ali odpovedati, napišite to sem; brez opomnikov: napišite »stop opomniki«.',
  noticeTurn: '**Na vrsti ste**: klicana je številka {ticket} ({line}).',
  noticeCase: 'Zadeva **{ref}** se je spremenila: {state}.',
  noticeCaseOffer: 'Obvesti me, če se zadeva spremeni',
  noticeCaseOn: 'V redu: če se zadeva {ref} spremeni, vam pišem sem.',
  noticeExpiry: '**Opomnik**: {document} poteče {day}.',
  noticeExpiryOn: 'V redu: {days} dni pred iztekom ({document}, {day}) vas spomnim tukaj. Če tega ne želite več, napišite »stop opomniki«.',
  noticeAlert: '**Obvestilo**: {text}',
  noticeCorrection: '**Popravek**: {text}',
  noticeSource: 'Vir: [{title}]({url})',
  noticeEnded: 'Ne velja več: {text}',
  noticeStop: 'Če ne želite več novic, napišite »stop novice«.',
  newsOffer: 'Prejemaj novice občine',
  newsOn: 'V redu: novice občine vam pišem sem ({topic}). Če jih ne želite več, napišite »stop novice«.',
  newsOff: 'Urejeno: novic vam ne pišem več.',
  remindersOff: 'Urejeno: opomnikov vam ne pošiljam več. Če jih želite nazaj, napišite »vklopi opomnike«.',
  remindersBack: 'Urejeno: na termine vas znova opomnim dan prej.',
  stopNews: 'stop novice',
  stopReminders: 'stop opomniki',
  startReminders: 'vklopi opomnike',
};
