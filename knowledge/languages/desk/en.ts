/** What we say in English while a person helps. */
export const desk: Record<string, string> = {
  propose_book: '**{name}** suggests an appointment. I book it only if you confirm.',
  propose_move: '**{name}** suggests moving the appointment. I move it only if you confirm.',
  propose_cancel: '**{name}** suggests cancelling the appointment. I cancel it only if you confirm.',
  deskAnswered: '**Answer to your request no. {number}**, from {name}:\n\n{text}',
  consentYes: 'Yes, I agree',
  consentNo: 'No, thanks',
  consentContact:
    '**{name}** asks how you can be reached: write a phone number or an e-mail address. If you would rather not, choose “No, thanks”.',
  consentPermission: '**{name}** asks for your permission: {text}\n\n**Do you agree?**',
  consentElsewhere:
    '**{body}** deals with your request. **{name}** can pass this conversation, with the data you wrote, to {address}.\n\n**Do you agree?**',
  consentThanks: 'Thank you, I have noted it.',
  consentRefused: 'All right: everything stays here, and the conversation goes on.',
  elsewhereDone: 'I have passed the conversation to **{body}**, who will answer you. From now on the automatic system answers again.',
};
