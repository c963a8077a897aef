/** What we say in Slovenian while a person helps. */
export const desk: Record<string, string> = {
  propose_book: '**{name}** vam predlaga termin. Rezerviram ga samo, če ga potrdite vi.',
  propose_move: '**{name}** vam predlaga, da prestavite termin. Prestavim ga samo, če to potrdite vi.',
  propose_cancel: '**{name}** vam predlaga, da odpoveste termin. Odpovem ga samo, če to potrdite vi.',
  deskAnswered: '**Odgovor na vašo prošnjo št. {number}**, od {name}:\n\n{text}',
  consentYes: 'Da, soglašam',
  consentNo: 'Ne, hvala',
  consentContact:
    '**{name}** vas prosi za kontakt: napišite telefonsko številko ali e-poštni naslov. Če tega ne želite, izberite »Ne, hvala«.',
  consentPermission: '**{name}** vas prosi za dovoljenje: {text}\n\n**Ali soglašate?**',
  consentElsewhere:
    'Vašo prošnjo obravnava **{body}**. **{name}** lahko ta pogovor s podatki, ki ste jih napisali, pošlje na {address}.\n\n**Ali soglašate?**',
  consentThanks: 'Hvala, zapisano.',
  consentRefused: 'V redu: vse ostane tukaj in pogovor se nadaljuje.',
  elsewhereDone: 'Pogovor sem predal organu **{body}**, ki vam bo odgovoril. Od zdaj vam spet odgovarja samodejni sistem.',
};
