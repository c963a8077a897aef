/** What we say in Spanish about chat channels and about carrying a conversation from one to another. */
export const channels: Record<string, string> = {
  unreadableVoice:
    'No puedo escuchar mensajes de voz. **Escriba su pregunta**, bastan pocas palabras. Si prefiere hablar, puede pedir una persona.',
  unreadableKind:
    'No sé leer este tipo de mensaje. Dígame con sus palabras qué necesita; también recibo fotos y la ubicación, por ejemplo para un aviso.',
  linkOn: 'en {channel}',
  linkTo: 'Continuar {where}',
  linkWhere: '¿Dónde quiere continuar esta conversación?',
  linkSite: 'en la web',
  linkOffer:
    'Para continuar esta conversación **{where}** abra [este enlace]({url}) en {minutes} minutos: vale una sola vez, no se lo dé a nadie. Lo que estaba haciendo va con usted.',
  linkQr: 'Con otro teléfono escanee [el código QR]({url}).',
  linkNowhere: 'No hay otro canal donde continuar: esta conversación se queda aquí.',
  linkAsk:
    '¿Quiere continuar aquí la conversación empezada {where} a las {time}? **Confirme solo si lo ha pedido usted**: quien está al otro lado leerá lo que escriba.',
  linkYes: 'Sí, continúo aquí',
  linkNo: 'No, no he sido yo',
  linkDeclined: 'De acuerdo, no he unido nada. Puede seguir preguntando.',
  linkExpired: 'Este enlace ha caducado o ya se ha usado. Si todavía lo necesita, pida otro donde estaba escribiendo.',
  linkDone:
    'Desde ahora esta conversación continúa **{where}**. Sigue visible donde la empezó. Si no ha sido usted, o para separar los canales, escriba «separar».',
  linkLast: 'Estábamos aquí:',
  linkUndone: 'Hecho: los canales vuelven a estar separados. Lo que escriba aquí ya no se ve en otro sitio.',
  linkNone: 'Esta conversación no está unida a ningún otro canal.',
};
