/** What we say in English unasked: reminders, calls, news, and how to stop them. */
export const notices: Record<string, string> = {
  noticeReminder:
    '**Reminder**: you have an appointment, {service}, {when}. Code {code}. To move or cancel it write so here; for no more reminders write “stop reminders”.',
  noticeTurn: '**It is your turn**: number {ticket} is called ({line}).',
  noticeCase: 'Case **{ref}** has changed: {state}.',
  noticeCaseOffer: 'Tell me when the case changes',
  noticeCaseOn: 'All right: when case {ref} changes I write it here.',
  noticeExpiry: '**Reminder**: {document} expires {day}.',
  noticeExpiryOn: 'All right: {days} days before it expires ({document}, {day}) I remind you here. To stop write “stop reminders”.',
  noticeAlert: '**Notice**: {text}',
  noticeCorrection: '**Correction**: {text}',
  noticeSource: 'Source: [{title}]({url})',
  noticeEnded: 'No longer valid: {text}',
  noticeStop: 'For no more news write “stop news”.',
  newsOffer: 'Get the municipality’s news',
  newsOn: 'All right: I write the municipality’s news here ({topic}). To stop write “stop news”.',
  newsOff: 'Done: I no longer write you news.',
  remindersOff: 'Done: I no longer send you reminders. To have them back write “reminders on”.',
  remindersBack: 'Done: I remind you of appointments the day before again.',
  stopNews: 'stop news',
  stopReminders: 'stop reminders',
  startReminders: 'reminders on',
};
