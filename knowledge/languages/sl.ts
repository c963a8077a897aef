import { appointments } from './appointments/sl.ts';
import { channels } from './channels/sl.ts';
import { citizens } from './citizens/sl.ts';
import type { Language } from './contract.ts';
import { counter } from './counter/sl.ts';
import { desk } from './desk/sl.ts';
import { errands } from './errands/sl.ts';
import { notices } from './notices/sl.ts';
import { office } from './office/sl.ts';
import { snowball, stopList } from './reading/stem.ts';

const stopWords = stopList(
  'in ali pa ter a ampak vendar toda če ko ker da naj saj torej kot kakor ne ni niso nisem nismo niste bi se si sebe svoj svoja svoje svojega svojo',
  'v na za z s iz od do po pri o ob k h nad pod pred med čez skozi brez zaradi proti okoli glede',
  'jaz ti on ona ono mi vi oni me te ga jo nas vas jih mene tebe njega mu ji nam vam jim moj moja moje mojo mojega mojem tvoj tvoja tvoje njegov njegova njen njena naš naša naše vaš vaša vaše',
  'ta to tega temu tem te ti tisti tista tisto takšen takšna tak taka vsak vsaka vsako ves vsa vse vsi',
  'sem si je sva sta smo ste so bil bila bilo bili bile biti bo bom boš bomo boste bodo imam imaš ima imamo imate imajo imeti lahko moram moraš mora moramo morate morajo morati treba hočem želim želi želite rad rada',
  'kaj kdo kje kam kod kdaj kako kakšen kakšna kakšno kakšne kateri katera katero katere koliko zakaj čemu kolikšen',
  'že še samo le tudi zelo tu tukaj tam zdaj potem tako bolj manj več',
);

const faintWords = stopList(
  'drug druga drugo druge nov nova novo nove prvi prva zadnji vedno nikoli danes jutri včeraj dan dni leto let čas človek ljudje oseba stvar primer način',
  'dobiti dobim dobi vedeti vem ve povedati povejte prosim hvala zdravo pozdravljeni dober narediti naredim storiti iti grem gre priti najti najdem potrebujem potrebuje potrebno rabim uporabiti dati vzeti',
);

/** Slovenian: how to read it, and the words we say in it. */
export default function open(): Language {
  return {
    code: 'sl',
    name: 'Slovenščina',
    direction: 'ltr',
    stopWords,
    lightWords: stopList('kaj kdo kje kam kdaj kako kakšen kakšna kateri katera katero koliko zakaj'),
    faintWords,
    stem: snowball('slovene'),
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
  noticeName: 'avtomatski pomočnik',
  greeting:
    'Pozdravljeni, sem avtomatski pomočnik ustanove {body}. Nisem človek: odgovarjam z besedami dokumentov, ki jih je objavila občina, in vedno pokažem, od kod so. Kadar koli se lahko pogovorite s človekom.',
  privacy: 'Ne pišite osebnih ali zdravstvenih podatkov. [Kako ravnamo s podatki]({privacyUrl})',
  suggestion1: 'Koliko stane osebna izkaznica?',
  suggestion2: 'Kako spremenim prebivališče?',
  suggestion3: 'Kdaj se plača pristojbina za odpadke?',
  person: 'Pogovor s človekom',
  none: 'Nič od tega',
  tellMe: 'Obvestite me, ko boste vedeli',
  tellMeDone: 'V redu: ko bo urednik objavil odgovor, ga napišem sem, v ta pogovor.',
  nowAnswered: '**Zdaj imamo odgovor** na vaše vprašanje »{question}«:',
  cancel: 'Prekliči',
  unanswerable: 'V objavljenih dokumentih na to vprašanje ne najdem zanesljivega odgovora in si ga raje ne izmislim.',
  offtopic: 'To ne zadeva storitev občine: o tem nimam dokumentov.',
  canDo: 'Povem vam lahko o dokumentih, davkih, šoli, odpadkih in uradnih urah, vam rezerviram termin ali vas povežem s človekom.',
  feedbackThanks: 'Hvala, to me veseli! Zabeležil sem za tiste, ki tu delajo.',
  feedbackNoted:
    'Hvala, da ste to napisali: zabeležil sem in odgovorni bodo prebrali. Za uradno pritožbo ali osebni odgovor se lahko pogovorite s človekom.',
  nearTopics: 'Nisem prepričan, da sem razumel. Morda iščete kaj od tega?',
  nearest: 'Najbližje strani:',
  office: 'Vprašate lahko **{office}**: {address}. Uradne ure (v italijanščini): {hours}. Telefon {phone}, e-pošta {email}.',
  orPerson: 'Če želite, se lahko pogovorite s človekom.',
  foreignQuote: 'Uradni dokument je v italijanščini in pravi:',
  hello: 'Pozdravljeni! Vprašajte, kar potrebujete: dokumenti, davki, šola, odpadki, uradne ure.',
  thanks: 'Prosim! Če potrebujete še kaj, kar pišite.',
  dropped: 'V redu, pustiva to. Če potrebujete še kaj, kar pišite.',
  bye: 'Nasvidenje in lep dan.',
  who: 'Sem avtomatski pomočnik, ne človek. Odgovarjam z besedami dokumentov občine. Če želite, se lahko pogovorite s človekom.',
  nothing: 'Nisem prebral nobenega vprašanja. S svojimi besedami napišite, kaj potrebujete.',
  emergency112: '**Če zdaj grozi nevarnost, takoj pokličite 112** (brezplačno, vedno). Sem avtomatski pomočnik in ne morem poslati pomoči.',
  emergency1522:
    '**Če ste zdaj v nevarnosti, pokličite 112.** Za zaupno pomoč proti nasilju in zalezovanju pokličite **1522**: brezplačno, noč in dan.',
  emergencysuicide:
    'Žal mi je, da vam je tako hudo. **Takoj pokličite 112** ali Telefono Amico **02 2327 2327** (vsak dan od 9. do 24. ure). Pogovor pomaga.',
  failed: 'Nekaj ni delovalo in nisem mogel odgovoriti. Poskusite znova ali se pogovorite s človekom.',
  apology: 'Žal mi je: na to sporočilo tudi po ponovnih poskusih nisem mogel odgovoriti. Se želite pogovoriti s človekom?',
  handoffAsk:
    'Seveda. Trenutno v klepetu ni nikogar, lahko pa pustite prošnjo: **napišite svoje ime in kako vas dosežemo** (telefon ali e-pošta), če želite, pa še vrstico o tem, kaj potrebujete. Če ne želite več, napišite »prekliči«.',
  handoffAgain: 'Da vas dosežemo, potrebujem **telefonsko številko ali e-naslov**. Napišite ga skupaj z imenom ali pa napišite »prekliči«.',
  handoffDone:
    'Hvala, vaša prošnja je zabeležena pod **št. {number}**. Odgovori vam človek: **{office}**, v teh urah: {hours}. Prebral bo tudi ta pogovor, zato vam ne bo treba vsega ponavljati.',
  handoffDoneLater:
    'Hvala, vaša prošnja je zabeležena pod **št. {number}**. Odgovori vam človek: **{office}**. Prebral bo tudi ta pogovor, zato vam ne bo treba vsega ponavljati.',
  handoffCancelled: 'V redu, nobene prošnje nisem zabeležil. Lahko še naprej sprašujete.',
  deskBack: 'Sodelavci se vrnejo **{when}**.',
  deskBackWhy: 'Danes so uradi zaprti ({why}). Sodelavci se vrnejo **{when}**.',
  crowded:
    'Piše zelo veliko ljudi, zato trenutno odgovarjam le na najpogostejša vprašanja. **Poskusite znova čez nekaj minut** ali pustite svoj kontakt: poklical vas bo človek.',
  crowdedBanner: 'Piše zelo veliko ljudi: na odgovore boste morda čakali dlje. Če ni nujno, se vrnite pozneje.',
  switchPeople: 'Na ta vprašanja odgovarja človek, ne avtomatski sistem.',
  switchClosed: 'Storitev trenutno ni na voljo.',
  switchApproval: 'Preden dobite odgovor, ga preveri človek: tu ga najdete, takoj ko bo pripravljen.',
  deskApproved: 'Odgovor je preveril(a) **{name}**.',
  deskQueued: 'Povezujem vas s človekom. Medtem lahko še naprej pišete: prebral bo ves pogovor. Če ne želite več, napišite »prekliči«.',
  deskPlace: 'V čakalni vrsti ste **številka {place}**.',
  deskWait: 'Navadno se čaka **od {from} do {to} minut**.',
  deskWaitUnknown: 'Ne morem še oceniti, kako dolgo boste čakali.',
  deskStill: 'Vaša prošnja za pogovor s človekom še čaka.',
  deskLeft: 'V redu, ne čakate več. Lahko mi še naprej postavljate vprašanja.',
  deskJoined: 'Zdaj vam odgovarja **{name}**, človek. Pogovor je že prebran.',
  deskTransferred: 'Predajam vas naprej: **{name}**. Prebran bo ves pogovor, ničesar vam ne bo treba ponavljati.',
  deskRequeued: '{name} ni več na zvezi. Vaša prošnja spet čaka: odgovoril bo nekdo drug. Če ne želite več, napišite »prekliči«.',
  deskReturned: '{name}: pogovor je končan. Od zdaj spet odgovarja avtomatski sistem.',
  deskClosed: '{name}: pogovor je zaprt. Od zdaj spet odgovarja avtomatski sistem.',
  partUnanswered: 'O »{part}« v dokumentih ne najdem zanesljivega odgovora.',
  noneChosen: 'Razumem: nič od tega. Vaše vprašanje sem predal tistim, ki pišejo strani.',
};
