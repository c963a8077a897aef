/** What we say in Spanish unasked: reminders, calls, news, and how to stop them. */
export const notices: Record<string, string> = {
  noticeReminder:
    '**Recordatorio**: tienes una cita, {service}, {when}. Código {code}. Para cambiarla o anularla escríbelo aquí; para no recibir recordatorios escribe «stop recordatorios».',
  noticeTurn: '**Es tu turno**: llaman al número {ticket} ({line}).',
  noticeCase: 'El expediente **{ref}** ha cambiado: {state}.',
  noticeCaseOffer: 'Avísame si el expediente cambia',
  noticeCaseOn: 'De acuerdo: si el expediente {ref} cambia te lo escribo aquí.',
  noticeExpiry: '**Recordatorio**: {document} caduca {day}.',
  noticeExpiryOn:
    'De acuerdo: {days} días antes de que caduque ({document}, {day}) te lo recuerdo aquí. Para dejarlo escribe «stop recordatorios».',
  noticeAlert: '**Aviso**: {text}',
  noticeCorrection: '**Rectificación**: {text}',
  noticeSource: 'Fuente: [{title}]({url})',
  noticeEnded: 'Ya no vale: {text}',
  noticeStop: 'Para no recibir más noticias escribe «stop noticias».',
  newsOffer: 'Recibir las noticias del municipio',
  newsOn: 'De acuerdo: te escribo aquí las noticias del municipio ({topic}). Para dejarlo escribe «stop noticias».',
  newsOff: 'Hecho: no te escribo más noticias.',
  remindersOff: 'Hecho: no te envío más recordatorios. Para recuperarlos escribe «reactivar recordatorios».',
  remindersBack: 'Hecho: te recuerdo de nuevo las citas el día antes.',
  stopNews: 'stop noticias',
  stopReminders: 'stop recordatorios',
  startReminders: 'reactivar recordatorios',
};
