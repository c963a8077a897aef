/** What we say in German unasked: reminders, calls, news, and how to stop them. */
export const notices: Record<string, string> = {
  noticeReminder:
    '**Erinnerung**: Sie haben einen Termin, {service}, {when}. Code {code}. Zum Verschieben oder Absagen schreiben Sie es hier; keine Erinnerungen mehr: „stopp erinnerungen“.',
  noticeTurn: '**Sie sind an der Reihe**: Nummer {ticket} wird aufgerufen ({line}).',
  noticeCase: 'Der Vorgang **{ref}** hat sich geändert: {state}.',
  noticeCaseOffer: 'Sagt mir, wenn sich der Vorgang ändert',
  noticeCaseOn: 'In Ordnung: Wenn sich der Vorgang {ref} ändert, schreibe ich es hier.',
  noticeExpiry: '**Erinnerung**: {document} läuft ab: {day}.',
  noticeExpiryOn:
    'In Ordnung: {days} Tage vor dem Ablauf ({document}, {day}) erinnere ich Sie hier. Zum Beenden schreiben Sie „stopp erinnerungen“.',
  noticeAlert: '**Mitteilung**: {text}',
  noticeCorrection: '**Richtigstellung**: {text}',
  noticeSource: 'Quelle: [{title}]({url})',
  noticeEnded: 'Gilt nicht mehr: {text}',
  noticeStop: 'Keine Neuigkeiten mehr: schreiben Sie „stopp neuigkeiten“.',
  newsOffer: 'Neuigkeiten der Gemeinde erhalten',
  newsOn: 'In Ordnung: Ich schreibe die Neuigkeiten der Gemeinde hier ({topic}). Zum Beenden schreiben Sie „stopp neuigkeiten“.',
  newsOff: 'Erledigt: Ich schreibe Ihnen keine Neuigkeiten mehr.',
  remindersOff: 'Erledigt: Ich schicke Ihnen keine Erinnerungen mehr. Um sie wieder zu bekommen, schreiben Sie „erinnerungen an“.',
  remindersBack: 'Erledigt: Ich erinnere Sie wieder am Vortag an Termine.',
  stopNews: 'stopp neuigkeiten',
  stopReminders: 'stopp erinnerungen',
  startReminders: 'erinnerungen an',
};
