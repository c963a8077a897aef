/** What we say in French while a person helps. */
export const desk: Record<string, string> = {
  propose_book: '**{name}** vous propose un rendez-vous. Je le réserve seulement si vous confirmez.',
  propose_move: '**{name}** vous propose de déplacer le rendez-vous. Je le déplace seulement si vous confirmez.',
  propose_cancel: '**{name}** vous propose d’annuler le rendez-vous. Je l’annule seulement si vous confirmez.',
  deskAnswered: '**Réponse à votre demande n° {number}**, de {name} :\n\n{text}',
  consentYes: 'Oui, j’accepte',
  consentNo: 'Non, merci',
  consentContact:
    '**{name}** vous demande comment vous joindre : écrivez un numéro de téléphone ou une adresse e-mail. Sinon, choisissez « Non, merci ».',
  consentPermission: '**{name}** vous demande l’autorisation : {text}\n\n**Acceptez-vous ?**',
  consentElsewhere:
    'C’est **{body}** qui s’occupe de votre demande. **{name}** peut transmettre cette conversation, avec vos données, à {address}.\n\n**Acceptez-vous ?**',
  consentThanks: 'Merci, c’est noté.',
  consentRefused: 'D’accord : tout reste ici, et la conversation continue.',
  elsewhereDone: 'J’ai transmis la conversation à **{body}**, qui vous répondra. Le système automatique vous répond de nouveau.',
};
