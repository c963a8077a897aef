import { appointments } from './appointments/fr.ts';
import { channels } from './channels/fr.ts';
import { citizens } from './citizens/fr.ts';
import type { Language } from './contract.ts';
import { counter } from './counter/fr.ts';
import { desk } from './desk/fr.ts';
import { errands } from './errands/fr.ts';
import { notices } from './notices/fr.ts';
import { office } from './office/fr.ts';
import { snowball, stopList } from './reading/stem.ts';

const stopWords = stopList(
  'le la les l un une des du de d au aux et ou où mais si que qu qui quoi dont ne n pas plus par pour sans sous sur avec dans en entre vers chez comme est-ce',
  'je j tu il elle on nous vous ils elles me m te t se s lui leur leurs y mon ma mes ton ta tes son sa ses notre nos votre vos ce c cet cette ces cela ça ceci',
  'suis es est sommes êtes sont été être étais était étaient sera serait seront soit ai as a avons avez ont eu avoir avais avait avaient aura aurait fait faire fais font',
  'peux peut pouvons pouvez peuvent pouvoir dois doit devons devez doivent veux veut voulez comment quand quel quelle quels quelles pourquoi combien aussi très bien alors donc ici là même',
);

const faintWords = stopList(
  'autre autres tout toute tous toutes encore toujours jamais déjà maintenant aujourd hui hier demain après avant pendant depuis seulement beaucoup peu mieux merci bonjour svp',
  'aller vais va allez venir vient dire dit savoir sais sait voir vois trouver trouve mettre met prendre prend donner donne demander demande besoin faut chose choses fois façon cas',
);

/** French: how to read it, and the words we say in it. */
export default function open(): Language {
  return {
    code: 'fr',
    name: 'Français',
    direction: 'ltr',
    stopWords,
    lightWords: stopList('comment quand où qui quoi quel quelle quels quelles pourquoi combien'),
    faintWords,
    stem: snowball('french'),
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
  noticeName: 'assistant automatique',
  greeting:
    'Bonjour, je suis l’assistant automatique de {body}. Je ne suis pas une personne : je réponds avec les mots des documents publiés par la commune et je montre toujours d’où ils viennent. Vous pouvez parler à une personne à tout moment.',
  privacy: 'N’écrivez pas de données personnelles ou de santé. [Comment nous traitons les données]({privacyUrl})',
  suggestion1: 'Combien coûte la carte d’identité ?',
  suggestion2: 'Comment changer de résidence ?',
  suggestion3: 'Quand payer la taxe sur les déchets ?',
  person: 'Parler à une personne',
  none: 'Aucune de ces réponses',
  tellMe: 'Prévenez-moi quand vous le saurez',
  tellMeDone: 'D’accord : dès que la réponse sera publiée, je l’écrirai ici, dans cette conversation.',
  nowAnswered: '**Nous avons maintenant la réponse** à votre question « {question} » :',
  cancel: 'Annuler',
  unanswerable: 'Je ne trouve pas de réponse sûre à cette question dans les documents publiés, et je préfère ne pas en inventer.',
  offtopic: 'Cela ne concerne pas les services de la commune : je n’ai pas de documents à ce sujet.',
  canDo:
    'Je peux vous renseigner sur les documents, les impôts, l’école, les déchets et les horaires, prendre un rendez-vous ou vous mettre en contact avec une personne.',
  feedbackThanks: 'Merci, cela fait plaisir ! Je l’ai noté pour les personnes qui travaillent ici.',
  feedbackNoted:
    'Merci de l’avoir écrit : je l’ai noté, et les responsables du service le liront. Pour une réclamation formelle ou une réponse personnelle, vous pouvez parler à une personne.',
  nearTopics: 'Je ne suis pas sûr d’avoir compris. Cherchez-vous l’une de ces informations ?',
  nearest: 'Les pages les plus proches :',
  office: 'Vous pouvez demander à **{office}** : {address}. Horaires (en italien) : {hours}. Téléphone {phone}, e-mail {email}.',
  orPerson: 'Si vous voulez, vous pouvez parler à une personne.',
  foreignQuote: 'Le document officiel est en italien et dit :',
  hello: 'Bonjour ! Demandez-moi ce dont vous avez besoin : papiers, taxes, école, déchets, horaires.',
  thanks: 'Je vous en prie ! Écrivez si vous avez besoin d’autre chose.',
  dropped: 'D’accord, n’en parlons plus. S’il vous faut autre chose, écrivez-moi.',
  bye: 'Au revoir et bonne journée.',
  who: 'Je suis un assistant automatique, pas une personne. Je réponds avec les mots des documents de la commune. Si vous voulez, vous pouvez parler à une personne.',
  nothing: 'Je n’ai lu aucune question. Écrivez avec vos mots ce dont vous avez besoin.',
  emergency112:
    '**En cas de danger immédiat, appelez le 112** (gratuit, toujours actif). Je suis un assistant automatique et ne peux pas envoyer de secours.',
  emergency1522:
    '**Si vous êtes en danger maintenant, appelez le 112.** Pour une aide confidentielle contre les violences appelez le **1522** : gratuit, jour et nuit.',
  emergencysuicide:
    'Je suis désolé que vous alliez si mal. **Appelez le 112 tout de suite**, ou Telefono Amico au **02 2327 2327** (tous les jours, 9 h – minuit). En parler aide.',
  failed: 'Quelque chose n’a pas fonctionné et je n’ai pas pu répondre. Réessayez, ou parlez à une personne.',
  apology: 'Je suis désolé : je n’ai pas pu répondre à ce message, même après plusieurs essais. Voulez-vous parler à une personne ?',
  handoffAsk:
    'Bien sûr. Aucun agent n’est dans le chat en ce moment, mais vous pouvez laisser une demande : **écrivez votre nom et comment vous joindre** (téléphone ou e-mail) et, si vous voulez, une ligne sur votre besoin. Pour renoncer écrivez « annuler ».',
  handoffAgain:
    'Pour vous joindre il me faut un **numéro de téléphone ou une adresse e-mail**. Écrivez-le avec votre nom, ou écrivez « annuler ».',
  handoffDone:
    'Merci, votre demande est enregistrée sous le **n° {number}**. Une personne de **{office}** vous répondra, à ces horaires : {hours}. Elle lira aussi cette conversation : inutile de tout répéter.',
  handoffDoneLater:
    'Merci, votre demande est enregistrée sous le **n° {number}**. Une personne de **{office}** vous répondra. Elle lira aussi cette conversation : inutile de tout répéter.',
  handoffCancelled: 'D’accord, aucune demande n’a été enregistrée. Vous pouvez continuer à poser des questions.',
  deskBack: 'Les agents seront de retour **{when}**.',
  deskBackWhy: 'Les bureaux sont fermés aujourd’hui ({why}). Les agents seront de retour **{when}**.',
  crowded:
    'Un très grand nombre de personnes écrivent et, pour l’instant, je ne réponds qu’aux questions les plus fréquentes. **Réessayez dans quelques minutes**, ou laissez vos coordonnées : une personne vous rappellera.',
  crowdedBanner: 'Un très grand nombre de personnes écrivent : les réponses peuvent tarder. Si ce n’est pas urgent, revenez plus tard.',
  switchPeople: 'Une personne répond à ces questions, pas le système automatique.',
  switchClosed: 'Le service n’est pas disponible en ce moment.',
  switchApproval: 'Une personne vérifie la réponse avant de vous l’envoyer : vous la trouverez ici dès qu’elle sera prête.',
  deskApproved: 'Réponse vérifiée par **{name}**.',
  deskQueued:
    'Je vous mets en contact avec une personne. En attendant, vous pouvez continuer à écrire : elle lira toute la conversation. Pour renoncer, écrivez « annuler ».',
  deskPlace: 'Vous êtes le **numéro {place}** dans la file.',
  deskWait: 'L’attente est d’habitude **entre {from} et {to} minutes**.',
  deskWaitUnknown: 'Je ne peux pas encore estimer votre attente.',
  deskStill: 'Votre demande de parler à une personne est toujours en attente.',
  deskLeft: 'D’accord, vous n’êtes plus en attente. Vous pouvez continuer à me poser des questions.',
  deskJoined: 'Maintenant **{name}**, une personne, vous répond. Elle a déjà lu la conversation.',
  deskTransferred: 'Je vous passe à **{name}** : toute la conversation sera lue, vous n’aurez rien à répéter.',
  deskRequeued:
    '{name} n’est plus connecté. Votre demande est de nouveau en attente : une autre personne répondra. Pour renoncer, écrivez « annuler ».',
  deskReturned: '{name} a terminé. Désormais le système automatique vous répond à nouveau.',
  deskClosed: '{name} a clos la conversation. Désormais le système automatique vous répond à nouveau.',
  partUnanswered: 'Sur « {part} » je ne trouve pas de réponse sûre dans les documents.',
  noneChosen: 'Compris : aucune de celles-ci. J’ai transmis votre question à ceux qui écrivent les pages.',
};
