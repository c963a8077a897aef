import { appointments } from './appointments/ro.ts';
import { channels } from './channels/ro.ts';
import { citizens } from './citizens/ro.ts';
import type { Language } from './contract.ts';
import { counter } from './counter/ro.ts';
import { desk } from './desk/ro.ts';
import { errands } from './errands/ro.ts';
import { notices } from './notices/ro.ts';
import { office } from './office/ro.ts';
import { snowball, stopList } from './reading/stem.ts';

const stopWords = stopList(
  'a al ale ai la lui lor cu de din dintre dintr din către despre în într între între pe pentru până prin după peste sub fără față lângă spre contra',
  'un o unui unei niște unii unele și sau ori dar iar ci însă că să dacă deși fiindcă când ca cât nu nici mai tot doar numai chiar cam prea',
  'eu tu el ea noi voi ei ele mă te îl o ne vă îi le mie ție lui ei nouă vouă mi ți i își se sine meu mea mei mele tău ta tăi tale său sa săi sale nostru noastră noștri noastre vostru voastră',
  'acest această acești aceste acesta aceasta acestea acela aceea acel acea acei acele asta ăsta asta toți toate tot orice oricare fiecare niciun nicio',
  'sunt ești este e suntem sunteți era eram erau fi fost fiind am ai are avem aveți au aveam avea voi vei va vom veți vor aș ar am fi pot poți poate putem puteți putea trebuie trebuia vreau vrei vrea vrem vreți doresc dorește aș dori',
  'ce cine care cărui cărei unde când cum cât câtă câți câte de ce',
  'foarte aici acolo acum atunci apoi deci astfel deja încă',
);

const faintWords = stopList(
  'alt altă altul alta alți alte nou nouă noi prim prima primul ultim ultima mereu niciodată astăzi azi mâine ieri zi zile an ani timp om oameni persoană lucru caz mod dată parte',
  'face fac facem faceți făcut facă da dau dă obține obțin primi primesc ști știu știe spune spuneți spun vă rog mulțumesc salut bună ziua găsi găsesc merge merg veni vin lua iau pune nevoie folosi trebui',
);

/** Romanian: how to read it, and the words we say in it. */
export default function open(): Language {
  const stem = snowball('romanian');
  return {
    code: 'ro',
    name: 'Română',
    direction: 'ltr',
    stopWords,
    lightWords: stopList('ce cine care unde când cum cât câtă câți câte'),
    faintWords,
    // Written with a cedilla as often as with a comma, and as often with neither.
    stem: (word) => stem(word.replaceAll('ș', 'ş').replaceAll('ț', 'ţ')),
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
  noticeName: 'asistent automat',
  greeting:
    'Bună ziua, sunt asistentul automat al instituției {body}. Nu sunt o persoană: răspund cu cuvintele documentelor publicate de primărie și arăt mereu de unde provin. Puteți vorbi oricând cu o persoană.',
  privacy: 'Nu scrieți date personale sau medicale. [Cum prelucrăm datele]({privacyUrl})',
  suggestion1: 'Cât costă cartea de identitate?',
  suggestion2: 'Cum îmi schimb reședința?',
  suggestion3: 'Când se plătește taxa de gunoi?',
  person: 'Vorbiți cu o persoană',
  none: 'Niciuna dintre acestea',
  tellMe: 'Anunțați-mă când aflați',
  tellMeDone: 'Bine: când un redactor va publica răspunsul, îl scriu aici, în această conversație.',
  nowAnswered: '**Acum avem răspunsul** la întrebarea dumneavoastră „{question}”:',
  cancel: 'Anulează',
  unanswerable: 'În documentele publicate nu găsesc un răspuns sigur la această întrebare și prefer să nu inventez unul.',
  offtopic: 'Acest lucru nu ține de serviciile primăriei: nu am documente despre el.',
  canDo:
    'Vă pot informa despre documente, taxe, școală, gunoi și programul birourilor, vă pot face o programare sau vă pot pune în legătură cu o persoană.',
  feedbackThanks: 'Mulțumesc, mă bucur! Am notat pentru cei care lucrează aici.',
  feedbackNoted:
    'Mulțumesc că ați scris: am notat, iar cei care răspund de serviciu vor citi. Pentru o reclamație oficială sau un răspuns personal puteți vorbi cu o persoană.',
  nearTopics: 'Nu sunt sigur că am înțeles. Poate căutați una dintre acestea?',
  nearest: 'Paginile cele mai apropiate:',
  office: 'Puteți întreba la **{office}**: {address}. Program (în italiană): {hours}. Telefon {phone}, e-mail {email}.',
  orPerson: 'Dacă doriți, puteți vorbi cu o persoană.',
  foreignQuote: 'Documentul oficial este în italiană și spune:',
  hello: 'Bună ziua! Întrebați-mă ce aveți nevoie: documente, taxe, școală, gunoi, programul birourilor.',
  thanks: 'Cu plăcere! Dacă mai aveți nevoie de ceva, scrieți.',
  dropped: 'Bine, lăsăm așa. Dacă mai aveți nevoie de ceva, scrieți.',
  bye: 'La revedere și o zi bună.',
  who: 'Sunt un asistent automat, nu o persoană. Răspund cu cuvintele documentelor primăriei. Dacă doriți, puteți vorbi cu o persoană.',
  nothing: 'Nu am citit nicio întrebare. Scrieți cu cuvintele dumneavoastră de ce aveți nevoie.',
  emergency112:
    '**Dacă există un pericol acum, sunați imediat la 112** (gratuit, mereu activ). Sunt un asistent automat și nu pot trimite ajutor.',
  emergency1522:
    '**Dacă sunteți acum în pericol, sunați la 112.** Pentru ajutor confidențial împotriva violenței și hărțuirii sunați la **1522**: gratuit, zi și noapte.',
  emergencysuicide:
    'Îmi pare rău că vă este atât de greu. **Sunați imediat la 112** sau la Telefono Amico **02 2327 2327** (în fiecare zi, 9–24). Să vorbiți cu cineva ajută.',
  failed: 'Ceva nu a funcționat și nu am putut răspunde. Încercați din nou sau vorbiți cu o persoană.',
  apology: 'Îmi pare rău: nu am putut răspunde la acest mesaj nici după mai multe încercări. Doriți să vorbiți cu o persoană?',
  handoffAsk:
    'Sigur. În acest moment nu este niciun operator în chat, dar puteți lăsa o cerere: **scrieți numele și cum vă putem contacta** (telefon sau e-mail) și, dacă doriți, câteva cuvinte despre ce aveți nevoie. Pentru a renunța scrieți „anulează”.',
  handoffAgain:
    'Pentru a vă contacta am nevoie de un **număr de telefon sau o adresă de e-mail**. Scrieți-le împreună cu numele sau scrieți „anulează”.',
  handoffDone:
    'Mulțumesc, cererea dumneavoastră este înregistrată cu **nr. {number}**. Vă răspunde o persoană de la **{office}**, în acest program: {hours}. Va citi și această conversație, așa că nu trebuie să repetați totul.',
  handoffDoneLater:
    'Mulțumesc, cererea dumneavoastră este înregistrată cu **nr. {number}**. Vă răspunde o persoană de la **{office}**. Va citi și această conversație, așa că nu trebuie să repetați totul.',
  handoffCancelled: 'Bine, nu am înregistrat nicio cerere. Puteți continua să puneți întrebări.',
  deskBack: 'Operatorii revin **{when}**.',
  deskBackWhy: 'Astăzi birourile sunt închise ({why}). Operatorii revin **{when}**.',
  crowded:
    'Scriu foarte multe persoane și acum pot răspunde doar la întrebările cele mai frecvente. **Încercați din nou peste câteva minute** sau lăsați un contact: vă va suna o persoană.',
  crowdedBanner: 'Scriu foarte multe persoane: răspunsurile pot întârzia. Dacă nu este urgent, reveniți mai târziu.',
  switchPeople: 'La aceste întrebări răspunde o persoană, nu sistemul automat.',
  switchClosed: 'Serviciul nu este disponibil în acest moment.',
  switchApproval: 'O persoană verifică răspunsul înainte să îl primiți: îl găsiți aici imediat ce este gata.',
  deskApproved: 'Răspuns verificat de **{name}**.',
  deskQueued:
    'Vă pun în legătură cu o persoană. Între timp puteți continua să scrieți: va citi toată conversația. Pentru a renunța scrieți „anulează”.',
  deskPlace: 'Sunteți **numărul {place}** în așteptare.',
  deskWait: 'De obicei se așteaptă **între {from} și {to} minute**.',
  deskWaitUnknown: 'Nu pot estima încă cât veți aștepta.',
  deskStill: 'Cererea dumneavoastră de a vorbi cu o persoană este încă în așteptare.',
  deskLeft: 'Bine, nu mai sunteți în așteptare. Puteți continua să îmi puneți întrebări.',
  deskJoined: 'Acum vă răspunde **{name}**, o persoană. A citit deja conversația.',
  deskTransferred: 'Vă transfer la **{name}**: va citi toată conversația, nu trebuie să repetați nimic.',
  deskRequeued:
    '{name} nu mai este conectat(ă). Cererea este din nou în așteptare: va răspunde altcineva. Pentru a renunța scrieți „anulează”.',
  deskReturned: '{name} a încheiat. De acum răspunde din nou sistemul automat.',
  deskClosed: '{name} a închis conversația. De acum răspunde din nou sistemul automat.',
  partUnanswered: 'Despre „{part}” nu găsesc un răspuns sigur în documente.',
  noneChosen: 'Am înțeles: niciuna dintre acestea. Am transmis întrebarea celor care scriu paginile.',
};
