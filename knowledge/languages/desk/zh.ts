/** What we say in Chinese while a person helps. */
export const desk: Record<string, string> = {
  propose_book: '**{name}** 为您建议了一个预约。只有您确认后我才会预约。',
  propose_move: '**{name}** 建议更改预约时间。只有您确认后我才会更改。',
  propose_cancel: '**{name}** 建议取消预约。只有您确认后我才会取消。',
  deskAnswered: '**对您第 {number} 号请求的答复**，来自 {name}：\n\n{text}',
  consentYes: '是，我同意',
  consentNo: '不用，谢谢',
  consentContact: '**{name}** 想知道怎样联系您：请写下电话号码或电子邮箱。如果不愿意，请选择“不用，谢谢”。',
  consentPermission: '**{name}** 请求您的许可：{text}\n\n**您同意吗？**',
  consentElsewhere: '您的请求由 **{body}** 负责。**{name}** 可以把这段对话和您写下的数据转给 {address}。\n\n**您同意吗？**',
  consentThanks: '谢谢，已记录。',
  consentRefused: '好的：一切都留在这里，对话继续。',
  elsewhereDone: '我已将对话转给 **{body}**，他们会答复您。从现在起由自动系统继续回答。',
};
