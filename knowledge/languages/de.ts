import { appointments } from './appointments/de.ts';
import { channels } from './channels/de.ts';
import { citizens } from './citizens/de.ts';
import type { Language } from './contract.ts';
import { counter } from './counter/de.ts';
import { desk } from './desk/de.ts';
import { errands } from './errands/de.ts';
import { notices } from './notices/de.ts';
import { office } from './office/de.ts';
import { snowball, stopList } from './reading/stem.ts';

const stopWords = stopList(
  'der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner und oder aber wenn als wie auch noch nur so dann denn doch weil ob dass daß damit',
  'an am auf aus bei beim bis durch für gegen im in ins mit nach ohne über um unter vom von vor zu zum zur zwischen seit während',
  'ich du er sie es wir ihr mich dich ihn uns euch mir dir ihm ihnen sich man mein meine meinen meinem meiner dein deine deinen sein seine seinen ihre ihren ihrem ihrer unser unsere euer eure',
  'dieser diese dieses diesen diesem jener jede jeder jedes jeden alle allem allen aller alles was wer wen wem wo wann warum wieso welche welcher welches welchen',
  'bin bist ist sind seid war waren sei sein gewesen wird werden wurde wurden worden habe hast hat haben hatte hatten gehabt kann kannst können konnte könnte könnten muss musst müssen soll sollen sollte will wollen möchte darf dürfen',
  'nicht nichts hier da dort sehr mehr schon etwas einige also',
);

const faintWords = stopList(
  'immer noch nur viel viele wenig andere anderen anderer anderes neue neuen ersten erste beim dabei dazu davon dafür damit darauf darüber möglich gerne bitte danke hallo',
  'geben gibt gehen geht machen mache macht tun kommen kommt lassen bekommen bekomme brauche brauchen benötige wissen weiß sagen sagt finden finde person personen menschen tag tage zeit jahr fall',
);

/** German: how to read it, and the words we say in it. */
export default function open(): Language {
  return {
    code: 'de',
    name: 'Deutsch',
    direction: 'ltr',
    stopWords,
    lightWords: stopList('wer was wann wo wie warum wieso welche welcher welches wieviel'),
    faintWords,
    stem: snowball('german'),
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
  noticeName: 'automatischer Assistent',
  greeting:
    'Guten Tag, ich bin der automatische Assistent von {body}. Ich bin kein Mensch: Ich antworte mit den Worten der veröffentlichten Dokumente der Gemeinde und zeige immer, woher sie stammen. Sie können jederzeit mit einem Menschen sprechen.',
  privacy: 'Schreiben Sie keine persönlichen oder Gesundheitsdaten. [So gehen wir mit Daten um]({privacyUrl})',
  suggestion1: 'Was kostet der Personalausweis?',
  suggestion2: 'Wie melde ich meinen Wohnsitz um?',
  suggestion3: 'Wann ist die Abfallgebühr fällig?',
  person: 'Mit einem Menschen sprechen',
  none: 'Nichts davon',
  tellMe: 'Sagt mir Bescheid, wenn ihr es wisst',
  tellMeDone: 'In Ordnung: Sobald die Antwort veröffentlicht ist, schreibe ich sie hier in dieses Gespräch.',
  nowAnswered: '**Jetzt haben wir die Antwort** auf Ihre Frage „{question}“:',
  cancel: 'Abbrechen',
  unanswerable: 'In den veröffentlichten Dokumenten finde ich keine sichere Antwort auf diese Frage, und ich möchte keine erfinden.',
  offtopic: 'Das betrifft nicht die Dienste der Gemeinde: Dazu habe ich keine Dokumente.',
  canDo:
    'Ich gebe Auskunft über Dokumente, Steuern, Schule, Müll und Öffnungszeiten, mache einen Termin aus oder vermittle Sie an einen Menschen.',
  feedbackThanks: 'Danke, das freut mich! Ich habe es für die Menschen notiert, die hier arbeiten.',
  feedbackNoted:
    'Danke für Ihre Rückmeldung: Ich habe sie notiert, und die Verantwortlichen werden sie lesen. Für eine formelle Beschwerde oder eine persönliche Antwort können Sie mit einem Menschen sprechen.',
  nearTopics: 'Ich bin nicht sicher, ob ich richtig verstanden habe. Suchen Sie eines davon?',
  nearest: 'Die nächstliegenden Seiten:',
  office: 'Sie können **{office}** fragen: {address}. Öffnungszeiten (italienisch): {hours}. Telefon {phone}, E-Mail {email}.',
  orPerson: 'Wenn Sie möchten, können Sie mit einem Menschen sprechen.',
  foreignQuote: 'Das amtliche Dokument ist auf Italienisch und sagt:',
  hello: 'Guten Tag! Fragen Sie mich, was Sie brauchen: Dokumente, Abgaben, Schule, Abfall, Öffnungszeiten.',
  thanks: 'Gern geschehen! Wenn Sie noch etwas brauchen, schreiben Sie einfach.',
  dropped: 'In Ordnung, lassen wir es. Wenn Sie noch etwas brauchen, schreiben Sie einfach.',
  bye: 'Auf Wiedersehen und einen schönen Tag.',
  who: 'Ich bin ein automatischer Assistent, kein Mensch. Ich antworte mit den Worten der Dokumente der Gemeinde. Wenn Sie möchten, können Sie mit einem Menschen sprechen.',
  nothing: 'Ich habe keine Frage gelesen. Schreiben Sie in eigenen Worten, was Sie brauchen.',
  emergency112:
    '**Bei Gefahr rufen Sie sofort 112 an** (kostenlos, rund um die Uhr). Ich bin ein automatischer Assistent und kann keine Hilfe schicken.',
  emergency1522:
    '**Wenn Sie jetzt in Gefahr sind, rufen Sie 112 an.** Vertrauliche Hilfe bei Gewalt und Stalking: **1522**, kostenlos, Tag und Nacht.',
  emergencysuicide:
    'Es tut mir leid, dass es Ihnen so schlecht geht. **Rufen Sie sofort 112 an** oder Telefono Amico **02 2327 2327** (täglich 9–24 Uhr). Reden hilft.',
  failed: 'Etwas hat nicht funktioniert, ich konnte nicht antworten. Versuchen Sie es noch einmal oder sprechen Sie mit einem Menschen.',
  apology:
    'Es tut mir leid: Ich konnte diese Nachricht auch nach mehreren Versuchen nicht beantworten. Möchten Sie mit einem Menschen sprechen?',
  handoffAsk:
    'Gern. Gerade ist niemand im Chat, aber Sie können eine Anfrage hinterlassen: **Schreiben Sie Ihren Namen und wie wir Sie erreichen** (Telefon oder E-Mail) und, wenn Sie möchten, kurz Ihr Anliegen. Zum Abbrechen schreiben Sie «abbrechen».',
  handoffAgain:
    'Um Sie zu erreichen, brauche ich eine **Telefonnummer oder E-Mail-Adresse**. Schreiben Sie sie zusammen mit Ihrem Namen oder schreiben Sie «abbrechen».',
  handoffDone:
    'Danke, Ihre Anfrage ist unter **Nr. {number}** registriert. Eine Person von **{office}** antwortet Ihnen zu diesen Zeiten: {hours}. Sie liest auch dieses Gespräch, Sie müssen nichts wiederholen.',
  handoffDoneLater:
    'Danke, Ihre Anfrage ist unter **Nr. {number}** registriert. Eine Person von **{office}** antwortet Ihnen. Sie liest auch dieses Gespräch, Sie müssen nichts wiederholen.',
  handoffCancelled: 'In Ordnung, es wurde keine Anfrage registriert. Sie können weiter fragen.',
  deskBack: 'Die Mitarbeitenden sind wieder da: **{when}**.',
  deskBackWhy: 'Heute sind die Ämter geschlossen ({why}). Die Mitarbeitenden sind wieder da: **{when}**.',
  crowded:
    'Gerade schreiben sehr viele Menschen, und ich kann im Moment nur die häufigsten Fragen beantworten. **Versuchen Sie es in einigen Minuten noch einmal** oder hinterlassen Sie, wie Sie erreichbar sind: Eine Person ruft Sie zurück.',
  crowdedBanner:
    'Gerade schreiben sehr viele Menschen: Antworten können länger dauern. Wenn es nicht dringend ist, kommen Sie später wieder.',
  switchPeople: 'Diese Fragen beantwortet ein Mensch, nicht das automatische System.',
  switchClosed: 'Der Dienst ist im Moment nicht verfügbar.',
  switchApproval: 'Ein Mensch prüft die Antwort, bevor Sie sie erhalten: Sie finden sie hier, sobald sie fertig ist.',
  deskApproved: 'Antwort geprüft von **{name}**.',
  deskQueued:
    'Ich verbinde Sie mit einer Person. Schreiben Sie inzwischen ruhig weiter: Sie liest das ganze Gespräch. Zum Abbrechen schreiben Sie «abbrechen».',
  deskPlace: 'Sie sind **Nummer {place}** in der Warteschlange.',
  deskWait: 'Die Wartezeit beträgt meist **zwischen {from} und {to} Minuten**.',
  deskWaitUnknown: 'Wie lange Sie warten, kann ich noch nicht sagen.',
  deskStill: 'Ihre Anfrage nach einer Person ist noch in der Warteschlange.',
  deskLeft: 'In Ordnung, Sie warten nicht mehr. Sie können mich weiter fragen.',
  deskJoined: 'Jetzt antwortet Ihnen **{name}**, eine Person. Sie hat das Gespräch schon gelesen.',
  deskTransferred: 'Ich gebe Sie an **{name}** weiter: Dort wird das ganze Gespräch gelesen, Sie müssen nichts wiederholen.',
  deskRequeued:
    '{name} ist nicht mehr verbunden. Ihre Anfrage wartet wieder: Jemand anderes wird antworten. Zum Abbrechen schreiben Sie «abbrechen».',
  deskReturned: '{name} ist fertig. Ab jetzt antwortet wieder das automatische System.',
  deskClosed: '{name} hat das Gespräch beendet. Ab jetzt antwortet wieder das automatische System.',
  partUnanswered: 'Zu «{part}» finde ich in den Dokumenten keine sichere Antwort.',
  noneChosen: 'Verstanden: nichts davon. Ich habe Ihre Frage an die Redaktion weitergegeben.',
};
