/** What we say in Romanian while a person helps. */
export const desk: Record<string, string> = {
  propose_book: '**{name}** vă propune o programare. O fac numai dacă o confirmați dumneavoastră.',
  propose_move: '**{name}** vă propune să mutați programarea. O mut numai dacă confirmați dumneavoastră.',
  propose_cancel: '**{name}** vă propune să anulați programarea. O anulez numai dacă confirmați dumneavoastră.',
  deskAnswered: '**Răspuns la cererea dumneavoastră nr. {number}**, de la {name}:\n\n{text}',
  consentYes: 'Da, sunt de acord',
  consentNo: 'Nu, mulțumesc',
  consentContact:
    '**{name}** vă întreabă cum puteți fi contactat: scrieți un număr de telefon sau un e-mail. Dacă nu doriți, alegeți „Nu, mulțumesc”.',
  consentPermission: '**{name}** vă cere permisiunea: {text}\n\n**Sunteți de acord?**',
  consentElsewhere:
    'De cererea dumneavoastră se ocupă **{body}**. **{name}** poate trimite această conversație, cu datele pe care le-ați scris, la {address}.\n\n**Sunteți de acord?**',
  consentThanks: 'Mulțumesc, am notat.',
  consentRefused: 'În regulă: totul rămâne aici, iar conversația continuă.',
  elsewhereDone: 'Am trimis conversația la **{body}**, care vă va răspunde. De acum vă răspunde din nou sistemul automat.',
};
