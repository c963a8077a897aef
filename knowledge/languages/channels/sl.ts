/** What we say in Slovenian about chat channels and about carrying a conversation from one to another. */
export const channels: Record<string, string> = {
  unreadableVoice:
    'Glasovnih sporočil ne morem poslušati. **Napišite svoje vprašanje**, dovolj je nekaj besed. Če raje govorite, lahko zaprosite za človeka.',
  unreadableKind:
    'Te vrste sporočila ne znam prebrati. S svojimi besedami napišite, kaj potrebujete; preberem tudi fotografije in lokacijo, na primer za prijavo okvare.',
  linkOn: 'na {channel}',
  linkTo: 'Nadaljuj {where}',
  linkWhere: 'Kje želite nadaljevati ta pogovor?',
  linkSite: 'na spletnem mestu',
  linkOffer:
    'Če želite ta pogovor nadaljevati **{where}**, v {minutes} minutah odprite [to povezavo]({url}): velja samo enkrat, nikomur je ne dajte. Kar ste počeli, gre z vami.',
  linkQr: 'Z drugim telefonom skenirajte [kodo QR]({url}).',
  linkNowhere: 'Ni drugega kanala, na katerem bi nadaljevali: ta pogovor ostane tukaj.',
  linkAsk:
    'Želite tukaj nadaljevati pogovor, začet {where} ob {time}? **Potrdite samo, če ste to zahtevali vi**: kdor je na drugi strani, bo bral, kar pišete.',
  linkYes: 'Da, nadaljujem tukaj',
  linkNo: 'Ne, to nisem bil jaz',
  linkDeclined: 'V redu, nič ni povezano. Lahko mi še naprej postavljate vprašanja.',
  linkExpired: 'Ta povezava je potekla ali je bila že uporabljena. Če jo še potrebujete, zaprosite za novo tam, kjer ste pisali.',
  linkDone:
    'Od zdaj se ta pogovor nadaljuje **{where}**. Bere se tudi tam, kjer ste ga začeli. Če to niste bili vi ali če želite kanala spet ločiti, napišite »loči«.',
  linkLast: 'Tu sva ostala:',
  linkUndone: 'Urejeno: kanala sta spet ločena. Kar pišete tukaj, se drugje ne vidi več.',
  linkNone: 'Ta pogovor ni povezan z nobenim drugim kanalom.',
};
