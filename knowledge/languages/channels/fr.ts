/** What we say in French about chat channels and about carrying a conversation from one to another. */
export const channels: Record<string, string> = {
  unreadableVoice:
    'Je ne peux pas écouter les messages vocaux. **Écrivez-moi votre question**, quelques mots suffisent. Si vous préférez parler, vous pouvez demander une personne.',
  unreadableKind:
    'Je ne sais pas lire ce type de message. Dites-moi avec vos mots ce qu’il vous faut ; je prends aussi les photos et la position, par exemple pour un signalement.',
  linkOn: 'sur {channel}',
  linkTo: 'Continuer {where}',
  linkWhere: 'Où voulez-vous continuer cette conversation ?',
  linkSite: 'sur le site',
  linkOffer:
    'Pour continuer cette conversation **{where}**, ouvrez [ce lien]({url}) dans les {minutes} minutes : il ne vaut qu’une fois, ne le donnez à personne. Ce que vous faisiez vous suit.',
  linkQr: 'Avec un autre téléphone, scannez [le code QR]({url}).',
  linkNowhere: 'Il n’y a pas d’autre canal : cette conversation reste ici.',
  linkAsk:
    'Voulez-vous continuer ici la conversation commencée {where} à {time} ? **Confirmez seulement si vous l’avez demandé** : qui est à l’autre bout lira ce que vous écrivez.',
  linkYes: 'Oui, je continue ici',
  linkNo: 'Non, ce n’était pas moi',
  linkDeclined: 'D’accord, rien n’a été relié. Vous pouvez continuer à poser des questions.',
  linkExpired: 'Ce lien a expiré ou a déjà servi. S’il vous le faut encore, demandez-en un nouveau là où vous écriviez.',
  linkDone:
    'Désormais cette conversation continue **{where}**. Elle reste lisible là où vous l’avez commencée. Si ce n’était pas vous, ou pour séparer les canaux, écrivez « délier ».',
  linkLast: 'Nous en étions ici :',
  linkUndone: 'C’est fait : les canaux sont de nouveau séparés. Ce que vous écrivez ici ne se voit plus ailleurs.',
  linkNone: 'Cette conversation n’est reliée à aucun autre canal.',
};
