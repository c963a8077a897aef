import { appointments } from './appointments/es.ts';
import { channels } from './channels/es.ts';
import { citizens } from './citizens/es.ts';
import type { Language } from './contract.ts';
import { counter } from './counter/es.ts';
import { desk } from './desk/es.ts';
import { errands } from './errands/es.ts';
import { notices } from './notices/es.ts';
import { office } from './office/es.ts';
import { snowball, stopList } from './reading/stem.ts';

const stopWords = stopList(
  'el la los las lo un una unos unas de del a al y e o u pero si que en con por para sin sobre entre hasta desde como más ni también ya no sí',
  'yo tú él ella nosotros vosotros ellos ellas usted ustedes me te se nos os le les mi mis tu tus su sus nuestro nuestra nuestros nuestras este esta estos estas ese esa esos esas esto eso aquel aquella',
  'soy eres es somos sois son era eran fue fueron ser sido sea será sería estoy está están estar estado he has ha hemos han haber había hay tengo tiene tienen tener hago hace hacer',
  'puedo puedes puede podemos pueden poder debo debe deben deber quiero quiere qué quién quiénes cuál cuáles cuándo dónde cómo cuánto cuánta cuántos cuántas porque muy aquí ahí allí',
);

const faintWords = stopList(
  'otro otra otros otras todo toda todos todas cada solo siempre nunca todavía ahora hoy ayer mañana después antes durante mucho mucha poco mejor gracias hola',
  'ir voy va van venir viene decir dice saber sé sabe ver veo encontrar encuentro poner pongo tomar dar doy pedir pido necesito necesita hace falta cosa cosas vez veces forma manera caso',
);

/** Spanish: how to read it, and the words we say in it. */
export default function open(): Language {
  return {
    code: 'es',
    name: 'Español',
    direction: 'ltr',
    stopWords,
    lightWords: stopList('cómo cuándo dónde quién quiénes qué cuál cuáles cuánto cuánta cuántos cuántas porque'),
    faintWords,
    stem: snowball('spanish'),
    words,
  };
}

const words: Record<string, string> = {
  ...appointments,
  ...channels,
  ...citizens,
  ...errands,
  ...notices,
  ...counter,
  ...office,
  ...desk,
  noticeName: 'asistente automático',
  greeting:
    'Hola, soy el asistente automático de {body}. No soy una persona: respondo con las palabras de los documentos publicados por el municipio y siempre muestro de dónde vienen. Puede hablar con una persona en cualquier momento.',
  privacy: 'No escriba datos personales ni de salud. [Cómo tratamos los datos]({privacyUrl})',
  suggestion1: '¿Cuánto cuesta el carné de identidad?',
  suggestion2: '¿Cómo cambio la residencia?',
  suggestion3: '¿Cuándo se paga la tasa de basura?',
  person: 'Hablar con una persona',
  none: 'Ninguna de estas',
  tellMe: 'Avisadme cuando lo sepáis',
  tellMeDone: 'De acuerdo: cuando la respuesta esté publicada la escribiré aquí, en esta conversación.',
  nowAnswered: '**Ya tenemos la respuesta** a tu pregunta «{question}»:',
  cancel: 'Cancelar',
  unanswerable: 'En los documentos publicados no encuentro una respuesta segura a esta pregunta, y prefiero no inventarla.',
  offtopic: 'Esto no se refiere a los servicios del municipio: no tengo documentos sobre ello.',
  canDo:
    'Puedo informarle sobre documentos, impuestos, escuela, residuos y horarios, pedirle una cita o ponerle en contacto con una persona.',
  feedbackThanks: '¡Gracias, me alegra saberlo! Lo he anotado para quienes trabajan aquí.',
  feedbackNoted:
    'Gracias por escribirlo: lo he anotado y los responsables del servicio lo leerán. Para una queja formal o una respuesta personal puede hablar con una persona.',
  nearTopics: 'No estoy seguro de haber entendido. ¿Busca alguna de estas informaciones?',
  nearest: 'Las páginas más cercanas:',
  office: 'Puede preguntar a **{office}**: {address}. Horario (en italiano): {hours}. Teléfono {phone}, correo {email}.',
  orPerson: 'Si quiere, puede hablar con una persona.',
  foreignQuote: 'El documento oficial está en italiano y dice:',
  hello: '¡Hola! Pregúnteme lo que necesite: documentos, tasas, escuela, basura, horarios.',
  thanks: '¡De nada! Si necesita algo más, escriba.',
  dropped: 'De acuerdo, lo dejamos. Si necesita algo más, escríbame.',
  bye: 'Adiós y que tenga un buen día.',
  who: 'Soy un asistente automático, no una persona. Respondo con las palabras de los documentos del municipio. Si quiere, puede hablar con una persona.',
  nothing: 'No he leído ninguna pregunta. Escriba con sus palabras lo que necesita.',
  emergency112: '**Si hay peligro ahora, llame al 112** (gratuito, siempre activo). Soy un asistente automático y no puedo enviar ayuda.',
  emergency1522:
    '**Si está en peligro ahora, llame al 112.** Para ayuda confidencial contra la violencia llame al **1522**: gratuito, día y noche.',
  emergencysuicide:
    'Siento que se encuentre tan mal. **Llame al 112 ahora mismo**, o a Telefono Amico **02 2327 2327** (todos los días, de 9 a 24). Hablar ayuda.',
  failed: 'Algo no ha funcionado y no he podido responder. Inténtelo de nuevo o hable con una persona.',
  apology: 'Lo siento: no he podido responder a este mensaje, ni siquiera tras intentarlo varias veces. ¿Quiere hablar con una persona?',
  handoffAsk:
    'Claro. Ahora no hay ningún agente en el chat, pero puede dejar una solicitud: **escriba su nombre y cómo podemos contactarle** (teléfono o correo) y, si quiere, unas palabras sobre lo que necesita. Para renunciar escriba «cancelar».',
  handoffAgain:
    'Para contactarle necesito un **número de teléfono o un correo electrónico**. Escríbalo junto con su nombre, o escriba «cancelar».',
  handoffDone:
    'Gracias, su solicitud queda registrada con el **n.º {number}**. Le responderá una persona de **{office}**, en este horario: {hours}. También leerá esta conversación: no tendrá que repetirlo todo.',
  handoffDoneLater:
    'Gracias, su solicitud queda registrada con el **n.º {number}**. Le responderá una persona de **{office}**. También leerá esta conversación: no tendrá que repetirlo todo.',
  handoffCancelled: 'De acuerdo, no se ha registrado ninguna solicitud. Puede seguir preguntando.',
  deskBack: 'Los agentes vuelven el **{when}**.',
  deskBackWhy: 'Hoy las oficinas están cerradas ({why}). Los agentes vuelven el **{when}**.',
  crowded:
    'Está escribiendo muchísima gente y en este momento solo respondo a las preguntas más frecuentes. **Vuelva a intentarlo dentro de unos minutos** o deje un contacto: le llamará una persona.',
  crowdedBanner: 'Está escribiendo muchísima gente: las respuestas pueden tardar. Si no es urgente, vuelva más tarde.',
  switchPeople: 'A estas preguntas responde una persona, no el sistema automático.',
  switchClosed: 'En este momento el servicio no está disponible.',
  switchApproval: 'Una persona revisa la respuesta antes de enviársela: la encontrará aquí en cuanto esté lista.',
  deskApproved: 'Respuesta revisada por **{name}**.',
  deskQueued:
    'Le pongo en contacto con una persona. Mientras tanto puede seguir escribiendo: leerá toda la conversación. Para renunciar escriba «cancelar».',
  deskPlace: 'Es el **número {place}** en la cola.',
  deskWait: 'Normalmente se espera **entre {from} y {to} minutos**.',
  deskWaitUnknown: 'Todavía no puedo estimar cuánto esperará.',
  deskStill: 'Su solicitud de hablar con una persona sigue en espera.',
  deskLeft: 'De acuerdo, ya no está en espera. Puede seguir preguntándome.',
  deskJoined: 'Ahora le responde **{name}**, una persona. Ya ha leído la conversación.',
  deskTransferred: 'Le paso a **{name}**: leerá toda la conversación, no tendrá que repetir nada.',
  deskRequeued:
    '{name} ya no está conectado. Su solicitud está de nuevo en espera: responderá otra persona. Para renunciar escriba «cancelar».',
  deskReturned: '{name} ha terminado. A partir de ahora vuelve a responder el sistema automático.',
  deskClosed: '{name} ha cerrado la conversación. A partir de ahora vuelve a responder el sistema automático.',
  partUnanswered: 'Sobre «{part}» no encuentro una respuesta segura en los documentos.',
  noneChosen: 'Entendido: ninguna de estas. He pasado su pregunta a quienes escriben las páginas.',
};
