import { appointments } from './appointments/en.ts';
import { channels } from './channels/en.ts';
import { citizens } from './citizens/en.ts';
import type { Language } from './contract.ts';
import { counter } from './counter/en.ts';
import { desk } from './desk/en.ts';
import { errands } from './errands/en.ts';
import { notices } from './notices/en.ts';
import { office } from './office/en.ts';
import { snowball, stopList } from './reading/stem.ts';

const stopWords = stopList(
  'a an the and or but if of at by for with about into to from in on up out off over under than then so as is am are was were be been being',
  'i me my mine we us our ours you your yours he him his she her hers it its they them their theirs this that these those who whom which what where when why how',
  'have has had having do does did doing done can could will would shall should may might must not no nor only own same too very just there here also any some such other both each',
  's t d ll m o re ve y don doesn didn isn aren wasn weren hasn haven hadn won wouldn shouldn couldn can ain let am',
);

const faintWords = stopList(
  'another still yet already now today even well ever never always back around while since until during without within one two first last new old way many lot lots more most less least',
  'want wants need needs needed get gets getting got give given go going goes come like know knows tell told see say said make made take put use used using find look looking try trying think thought mean wonder wondering really actually much',
  'thing things something anything everything anyone someone people person time times day days year years help question questions ask asked correct right please thanks thank hello hi yes ok okay sure apply',
);

/** English: how to read it, and the words we say in it. */
export default function open(): Language {
  return {
    code: 'en',
    name: 'English',
    direction: 'ltr',
    stopWords,
    lightWords: stopList('who which what where when why how'),
    faintWords,
    stem: snowball('english'),
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
  noticeName: 'automatic assistant',
  greeting:
    'Hello, I am the automatic assistant of {body}. I am not a person: I answer with the words of the documents published by the municipality and always show where they come from. You can speak to a person at any time.',
  privacy: 'Do not write personal or health data. [How we handle data]({privacyUrl})',
  suggestion1: 'How much does an identity card cost?',
  suggestion2: 'How do I change my residence?',
  suggestion3: 'When is the waste tax due?',
  person: 'Speak to a person',
  none: 'None of these',
  tellMe: 'Tell me when you know',
  tellMeDone: 'All right: when an editor has published the answer I will write it here, in this conversation.',
  nowAnswered: '**We have the answer now** to your question “{question}”:',
  cancel: 'Cancel',
  unanswerable: 'I cannot find a reliable answer to this question in the published documents, and I would rather not make one up.',
  offtopic: 'This is not about the municipality’s services: I have no documents on it.',
  canDo:
    'I can tell you about documents, taxes, school, waste and opening hours, make you an appointment or put you in touch with a person.',
  feedbackThanks: 'Thank you, that is good to hear! I have noted it for the people who work here.',
  feedbackNoted:
    'Thank you for writing this: I have noted it, and the people in charge of the service will read it. For a formal complaint or a personal reply you can talk to a person.',
  nearTopics: 'I am not sure I understood. Are you looking for one of these?',
  nearest: 'The nearest pages:',
  office: 'You can ask **{office}**: {address}. Hours (in Italian): {hours}. Phone {phone}, e-mail {email}.',
  orPerson: 'If you like, you can speak to a person.',
  foreignQuote: 'The official document is in Italian and says:',
  hello: 'Hello! Ask me what you need: documents, taxes, school, waste, opening hours.',
  thanks: 'You are welcome! If you need anything else, just write.',
  dropped: 'All right, let’s leave it. If you need anything else, just write.',
  bye: 'Goodbye and have a nice day.',
  who: 'I am an automatic assistant, not a person. I answer with the words of the municipality’s documents. If you like, you can speak to a person.',
  nothing: 'I did not read a question. Tell me in your own words what you need.',
  emergency112: '**If there is danger right now, call 112** (free, always active). I am an automatic assistant and cannot send help.',
  emergency1522:
    '**If you are in danger now, call 112.** For confidential help against violence and stalking call **1522**: free, day and night.',
  emergencysuicide:
    'I am sorry you feel so bad. **Call 112 now**, or Telefono Amico on **02 2327 2327** (every day, 9 a.m. to midnight). Talking to someone helps.',
  failed: 'Something went wrong and I could not answer. Please try again, or speak to a person.',
  apology: 'I am sorry: I could not answer this message, even after trying again. Would you like to speak to a person?',
  handoffAsk:
    'Of course. No agent is in the chat right now, but you can leave a request: **write your name and how we can reach you** (phone or e-mail) and, if you like, a line about what you need. Write “cancel” to stop.',
  handoffAgain: 'To reach you I need a **phone number or an e-mail address**. Write it together with your name, or write “cancel”.',
  handoffDone:
    'Thank you, your request is registered as **no. {number}**. A person from **{office}** will answer, during these hours: {hours}. They will also read this conversation, so you need not repeat everything.',
  handoffDoneLater:
    'Thank you, your request is registered as **no. {number}**. A person from **{office}** will answer. They will also read this conversation, so you need not repeat everything.',
  handoffCancelled: 'All right, no request was registered. You can go on asking.',
  deskBack: 'Agents are back on **{when}**.',
  deskBackWhy: 'Offices are closed today ({why}). Agents are back on **{when}**.',
  crowded:
    'A great many people are writing and right now I can only answer the most frequent questions. **Try again in a few minutes**, or leave a contact: a person will call you back.',
  crowdedBanner: 'A great many people are writing: answers may take longer. If it is not urgent, come back later.',
  switchPeople: 'A person answers these questions, not the automatic system.',
  switchClosed: 'The service is not available at the moment.',
  switchApproval: 'A person checks the answer before you get it: you will find it here as soon as it is ready.',
  deskApproved: 'Answer checked by **{name}**.',
  deskQueued:
    'I am putting you through to a person. Meanwhile you can go on writing: they will read the whole conversation. Write “cancel” to stop.',
  deskPlace: 'You are **number {place}** in the queue.',
  deskWait: 'The wait is usually **between {from} and {to} minutes**.',
  deskWaitUnknown: 'I cannot say yet how long you will wait.',
  deskStill: 'Your request for a person is still in the queue.',
  deskLeft: 'All right, you have left the queue. You can go on asking me.',
  deskJoined: 'Now **{name}**, a person, answers you. They have already read the conversation.',
  deskTransferred: 'I am passing you to **{name}**, who will read the whole conversation: you need not repeat anything.',
  deskRequeued: '{name} is no longer connected. Your request is back in the queue: somebody else will answer. Write “cancel” to stop.',
  deskReturned: '{name} has finished. From now on the automatic system answers again.',
  deskClosed: '{name} has closed the conversation. From now on the automatic system answers again.',
  partUnanswered: 'On “{part}” I find no certain answer in the documents.',
  noneChosen: 'Understood: none of these. I have passed your question on to the people who write the pages.',
};
