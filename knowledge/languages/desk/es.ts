/** What we say in Spanish while a person helps. */
export const desk: Record<string, string> = {
  propose_book: '**{name}** le propone una cita. La reservo solo si usted confirma.',
  propose_move: '**{name}** le propone cambiar la cita. La cambio solo si usted confirma.',
  propose_cancel: '**{name}** le propone anular la cita. La anulo solo si usted confirma.',
  deskAnswered: '**Respuesta a su solicitud n.º {number}**, de {name}:\n\n{text}',
  consentYes: 'Sí, acepto',
  consentNo: 'No, gracias',
  consentContact:
    '**{name}** le pide un contacto para poder localizarle: escriba un teléfono o un correo. Si no quiere, elija «No, gracias».',
  consentPermission: '**{name}** le pide permiso: {text}\n\n**¿Acepta?**',
  consentElsewhere:
    'De su solicitud se ocupa **{body}**. **{name}** puede pasar esta conversación, con sus datos, a {address}.\n\n**¿Acepta?**',
  consentThanks: 'Gracias, lo he anotado.',
  consentRefused: 'De acuerdo: todo queda aquí y la conversación continúa.',
  elsewhereDone: 'He pasado la conversación a **{body}**, que le responderá. A partir de ahora responde de nuevo el sistema automático.',
};
