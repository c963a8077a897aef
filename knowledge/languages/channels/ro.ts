/** What we say in Romanian about chat channels and about carrying a conversation from one to another. */
export const channels: Record<string, string> = {
  unreadableVoice:
    'Nu pot asculta mesaje vocale. **Scrieți întrebarea**, ajung câteva cuvinte. Dacă preferați să vorbiți, puteți cere o persoană.',
  unreadableKind:
    'Nu pot citi acest tip de mesaj. Scrieți cu cuvintele dumneavoastră de ce aveți nevoie; citesc și fotografii și locația, de exemplu pentru o sesizare.',
  linkOn: 'pe {channel}',
  linkTo: 'Continuați {where}',
  linkWhere: 'Unde doriți să continuați această conversație?',
  linkSite: 'pe site',
  linkOffer:
    'Pentru a continua această conversație **{where}**, deschideți [acest link]({url}) în {minutes} minute: este valabil o singură dată, nu îl dați nimănui. Ce făceați vine cu dumneavoastră.',
  linkQr: 'Cu alt telefon, scanați [codul QR]({url}).',
  linkNowhere: 'Nu există un alt canal pe care să continuați: conversația rămâne aici.',
  linkAsk:
    'Doriți să continuați aici conversația începută {where} la {time}? **Confirmați numai dacă dumneavoastră ați cerut**: cine este la celălalt capăt va citi ce scrieți.',
  linkYes: 'Da, continui aici',
  linkNo: 'Nu, nu am fost eu',
  linkDeclined: 'Bine, nu am legat nimic. Puteți continua să puneți întrebări.',
  linkExpired: 'Acest link a expirat sau a fost deja folosit. Dacă mai aveți nevoie de el, cereți unul nou de unde scriați.',
  linkDone:
    'De acum această conversație continuă **{where}**. Se poate citi și acolo unde ați început-o. Dacă nu ați fost dumneavoastră sau pentru a separa din nou canalele, scrieți „separă”.',
  linkLast: 'Aici rămăseserăm:',
  linkUndone: 'Gata: canalele sunt din nou separate. Ce scrieți aici nu se mai vede în altă parte.',
  linkNone: 'Această conversație nu este legată de niciun alt canal.',
};
