/** What we say in English about chat channels and about carrying a conversation from one to another. */
export const channels: Record<string, string> = {
  unreadableVoice:
    'I cannot listen to voice messages. **Please write your question**, a few words are enough. If you would rather speak, you can ask for a person.',
  unreadableKind:
    'I cannot read this kind of message. Tell me in your own words what you need; I can also take photos and your location, for example to report a fault.',
  linkOn: 'on {channel}',
  linkTo: 'Continue {where}',
  linkWhere: 'Where do you want to continue this conversation?',
  linkSite: 'on the website',
  linkOffer:
    'To continue this conversation **{where}** open [this link]({url}) within {minutes} minutes: it works once, do not give it to anyone. What you were doing comes with you.',
  linkQr: 'With another phone, scan [the QR code]({url}).',
  linkNowhere: 'There is no other channel to continue on: this conversation stays here.',
  linkAsk:
    'Do you want to continue here the conversation begun {where} at {time}? **Confirm only if you asked for it**: whoever is at the other end will read what you write.',
  linkYes: 'Yes, I continue here',
  linkNo: 'No, it was not me',
  linkDeclined: 'All right, nothing was linked. You can go on asking me questions.',
  linkExpired: 'This link has expired or was used already. If you still need it, ask for a new one where you were writing.',
  linkDone:
    'From now on this conversation continues **{where}**. It stays readable where you began it. If it was not you, or to separate the channels again, write “unlink”.',
  linkLast: 'This is where we were:',
  linkUndone: 'Done: the channels are separate again. What you write here is no longer seen elsewhere.',
  linkNone: 'This conversation is not linked to any other channel.',
};
