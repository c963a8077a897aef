/** What we say in German about chat channels and about carrying a conversation from one to another. */
export const channels: Record<string, string> = {
  unreadableVoice:
    'Sprachnachrichten kann ich nicht anhören. **Bitte schreiben Sie Ihre Frage**, wenige Wörter genügen. Wenn Sie lieber sprechen, können Sie nach einem Menschen fragen.',
  unreadableKind:
    'Diese Art von Nachricht kann ich nicht lesen. Schreiben Sie mit eigenen Worten, was Sie brauchen; Fotos und Ihr Standort gehen auch, zum Beispiel für eine Meldung.',
  linkOn: 'auf {channel}',
  linkTo: 'Weiter {where}',
  linkWhere: 'Wo möchten Sie dieses Gespräch fortsetzen?',
  linkSite: 'auf der Website',
  linkOffer:
    'Um dieses Gespräch **{where}** fortzusetzen, öffnen Sie [diesen Link]({url}) innerhalb von {minutes} Minuten: Er gilt einmal, geben Sie ihn niemandem. Was Sie gerade tun, kommt mit.',
  linkQr: 'Mit einem anderen Telefon scannen Sie [den QR-Code]({url}).',
  linkNowhere: 'Es gibt keinen anderen Kanal: Dieses Gespräch bleibt hier.',
  linkAsk:
    'Möchten Sie das {where} um {time} begonnene Gespräch hier fortsetzen? **Bestätigen Sie nur, wenn Sie es verlangt haben**: Wer am anderen Ende ist, liest, was Sie schreiben.',
  linkYes: 'Ja, hier weiter',
  linkNo: 'Nein, das war ich nicht',
  linkDeclined: 'Gut, es wurde nichts verbunden. Sie können weiter Fragen stellen.',
  linkExpired:
    'Dieser Link ist abgelaufen oder schon benutzt. Wenn Sie ihn noch brauchen, verlangen Sie einen neuen, wo Sie geschrieben haben.',
  linkDone:
    'Ab jetzt geht dieses Gespräch **{where}** weiter. Auch wo Sie begonnen haben, bleibt es lesbar. Wenn Sie das nicht waren, oder um die Kanäle zu trennen, schreiben Sie „trennen“.',
  linkLast: 'Hier waren wir:',
  linkUndone: 'Erledigt: Die Kanäle sind wieder getrennt. Was Sie hier schreiben, ist anderswo nicht mehr zu sehen.',
  linkNone: 'Dieses Gespräch ist mit keinem anderen Kanal verbunden.',
};
