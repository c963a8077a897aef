/** What we say in Ukrainian unasked: reminders, calls, news, and how to stop them. */
export const notices: Record<string, string> = {
  noticeReminder:
    '**Нагадування**: у вас запис, {service}, {when}. Код {code}. Щоб перенести чи скасувати, напишіть про це тут; щоб не отримувати нагадувань, напишіть «стоп нагадування».',
  noticeTurn: '**Ваша черга**: викликають номер {ticket} ({line}).',
  noticeCase: 'Справа **{ref}** змінилася: {state}.',
  noticeCaseOffer: 'Повідомити, коли справа зміниться',
  noticeCaseOn: 'Добре: якщо справа {ref} зміниться, я напишу сюди.',
  noticeExpiry: '**Нагадування**: {document} закінчується {day}.',
  noticeExpiryOn: 'Добре: за {days} днів до кінця строку ({document}, {day}) я нагадаю тут. Щоб відмовитися, напишіть «стоп нагадування».',
  noticeAlert: '**Оголошення**: {text}',
  noticeCorrection: '**Спростування**: {text}',
  noticeSource: 'Джерело: [{title}]({url})',
  noticeEnded: 'Більше не діє: {text}',
  noticeStop: 'Щоб не отримувати новин, напишіть «стоп новини».',
  newsOffer: 'Отримувати новини муніципалітету',
  newsOn: 'Добре: новини муніципалітету писатиму сюди ({topic}). Щоб припинити, напишіть «стоп новини».',
  newsOff: 'Готово: новин більше не пишу.',
  remindersOff: 'Готово: нагадувань більше не надсилаю. Щоб повернути їх, напишіть «увімкнути нагадування».',
  remindersBack: 'Готово: знову нагадуватиму про записи за день до них.',
  stopNews: 'стоп новини',
  stopReminders: 'стоп нагадування',
  startReminders: 'увімкнути нагадування',
};
