/** What we say in Chinese about chat channels and about carrying a conversation from one to another. */
export const channels: Record<string, string> = {
  unreadableVoice: '我不能收听语音消息。**请写下您的问题**，几个字就够了。如果您更愿意说话，可以要求与工作人员交谈。',
  unreadableKind: '我看不懂这种消息。请用自己的话写出您的需要；我也能接收照片和位置，例如用于报修。',
  linkOn: '在 {channel} 上',
  linkTo: '{where}继续',
  linkWhere: '您想在哪里继续这次对话？',
  linkSite: '在网站上',
  linkOffer:
    '要**{where}**继续这次对话，请在 {minutes} 分钟内打开[此链接]({url})：只能使用一次，请不要给任何人。您正在办理的事情会一起转过去。',
  linkQr: '用另一部手机扫描[二维码]({url})。',
  linkNowhere: '没有其他渠道可以继续：对话留在这里。',
  linkAsk: '您想在这里继续 {time} {where}开始的对话吗？**只有您本人要求过才请确认**：另一端的人会看到您写的内容。',
  linkYes: '是的，我在这里继续',
  linkNo: '不，不是我',
  linkDeclined: '好的，没有建立连接。您可以继续提问。',
  linkExpired: '此链接已过期或已使用。如果仍需要，请在您原来写消息的地方重新获取。',
  linkDone: '从现在起，这次对话**{where}**继续。在原来的地方也可以看到。如果不是您本人，或想重新分开渠道，请写“解除连接”。',
  linkLast: '我们刚才说到这里：',
  linkUndone: '完成：渠道已重新分开。您在这里写的内容不会再显示在别处。',
  linkNone: '这次对话没有连接到其他渠道。',
};
