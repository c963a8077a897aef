import { appointments } from './appointments/zh.ts';
import { channels } from './channels/zh.ts';
import { citizens } from './citizens/zh.ts';
import type { Language } from './contract.ts';
import { counter } from './counter/zh.ts';
import { desk } from './desk/zh.ts';
import { errands } from './errands/zh.ts';
import { notices } from './notices/zh.ts';
import { office } from './office/zh.ts';
import { foldAccents, stopList } from './reading/stem.ts';

const stopWords = stopList(
  '的 了 和 与 或 在 是 有 我 你 您 他 她 它 我们 你们 您们 他们 这 那 这个 那个 这些 那些 这里 那里 之 而 但 但是 因为 所以 如果 就 也 都 还 又 再 很 太 被 把 给 对 对于 关于 从 到 向 由 为 为了 以 及 等',
  '吗 呢 吧 啊 呀 得 地 着 过 不 没 没有 别 会 能 能够 可以 要 想 应该 应 该 必须 需要 怎么 怎样 如何 什么 哪 哪里 哪儿 哪个 哪些 谁 多少 几 什么时候 何时 为什么 请 请问 一 一个 一下',
);

const faintWords = stopList(
  '新 新的 另 其他 别的 第一 总是 从不 今天 明天 昨天 天 年 月 时间 人 事 事情 办法 次 做 办 拿 得到 知道 找 去 来 用 说 告诉 谢谢 你好 您好 帮助 问题',
);

/** Chinese: how to read it, and the words we say in it. */
export default function open(): Language {
  return {
    code: 'zh',
    name: '中文',
    direction: 'ltr',
    stopWords,
    lightWords: stopList('怎么 怎样 如何 什么 哪里 哪儿 哪个 谁 多少 什么时候 为什么'),
    faintWords,
    stem: foldAccents,
    words,
  };
}

const words: Record<string, string> = {
  ...appointments,
  ...channels,
  ...citizens,
  ...errands,
  ...notices,
  ...counter,
  ...office,
  ...desk,
  noticeName: '自动助手',
  greeting: '您好，我是{body}的自动助手。我不是真人：我用市政府公布的文件中的文字回答，并始终说明出处。您随时可以与工作人员交谈。',
  privacy: '请不要写个人信息或健康信息。[我们如何处理数据]({privacyUrl})',
  suggestion1: '身份证多少钱？',
  suggestion2: '怎样更改居住地址？',
  suggestion3: '垃圾税什么时候缴？',
  person: '与工作人员交谈',
  none: '都不是',
  tellMe: '知道后请通知我',
  tellMeDone: '好的：编辑公布答案后，我会写在这次对话里。',
  nowAnswered: '**现在我们有答案了**，关于您的问题“{question}”：',
  cancel: '取消',
  unanswerable: '在已公布的文件中，我找不到这个问题的可靠答案，我不愿意编造。',
  offtopic: '这与市政府的服务无关：我没有相关文件。',
  canDo: '我可以告诉您有关证件、税费、学校、垃圾和办公时间的信息，为您预约，或为您联系工作人员。',
  feedbackThanks: '谢谢，我很高兴！我已经为这里的工作人员记下了。',
  feedbackNoted: '谢谢您写下这些：我已记下，负责这项服务的人会阅读。如需正式投诉或个人答复，您可以与工作人员交谈。',
  nearTopics: '我不确定是否理解正确。您要找的是不是以下内容？',
  nearest: '最接近的页面：',
  office: '您可以询问 **{office}**：{address}。办公时间（意大利语）：{hours}。电话 {phone}，电子邮箱 {email}。',
  orPerson: '如果您愿意，可以与工作人员交谈。',
  foreignQuote: '正式文件是意大利语，内容如下：',
  hello: '您好！请问您需要什么：证件、税费、学校、垃圾、办公时间。',
  thanks: '不客气！如果还需要什么，请写给我。',
  dropped: '好的，先不办了。如果还需要什么，请写给我。',
  bye: '再见，祝您愉快。',
  who: '我是自动助手，不是真人。我用市政府文件中的文字回答。如果您愿意，可以与工作人员交谈。',
  nothing: '我没有看到问题。请用自己的话写出您的需要。',
  emergency112: '**如果现在有危险，请立即拨打 112**（免费，全天）。我是自动助手，不能派出救援。',
  emergency1522: '**如果您现在有危险，请拨打 112。** 遭遇暴力或跟踪骚扰时，可拨打 **1522** 获得保密帮助：免费，昼夜开通。',
  emergencysuicide:
    '很难过您感到这么痛苦。**请立即拨打 112**，或拨打 Telefono Amico **02 2327 2327**（每天 9 点到 24 点）。与人倾诉会有帮助。',
  failed: '出了问题，我没能回答。请再试一次，或与工作人员交谈。',
  apology: '抱歉：多次尝试后我仍无法回答这条消息。您想与工作人员交谈吗？',
  handoffAsk:
    '好的。现在没有工作人员在线，但您可以留下请求：**请写您的姓名和联系方式**（电话或电子邮箱），如果愿意，再写一句您的需要。要放弃请写“取消”。',
  handoffAgain: '为了联系您，我需要**电话号码或电子邮箱**。请和姓名一起写，或写“取消”。',
  handoffDone:
    '谢谢，您的请求已登记，编号 **{number}**。**{office}** 的工作人员会在以下时间答复：{hours}。他们也会阅读这次对话，您不必全部重复。',
  handoffDoneLater: '谢谢，您的请求已登记，编号 **{number}**。**{office}** 的工作人员会答复您。他们也会阅读这次对话，您不必全部重复。',
  handoffCancelled: '好的，没有登记请求。您可以继续提问。',
  deskBack: '工作人员 **{when}** 回来。',
  deskBackWhy: '今天办事处关闭（{why}）。工作人员 **{when}** 回来。',
  crowded: '现在咨询的人非常多，我暂时只能回答最常见的问题。**请过几分钟再试**，或留下联系方式，会有工作人员给您回电。',
  crowdedBanner: '现在咨询的人非常多，答复可能会慢一些。如果不急，请稍后再来。',
  switchPeople: '这些问题由工作人员回答，不由自动系统回答。',
  switchClosed: '服务目前不可用。',
  switchApproval: '答案在发给您之前由工作人员检查：准备好后会显示在这里。',
  deskApproved: '答案由 **{name}** 检查。',
  deskQueued: '我正在为您联系工作人员。在此期间您可以继续写：他们会阅读整个对话。要放弃请写“取消”。',
  deskPlace: '您在等候中排 **第 {place} 位**。',
  deskWait: '通常等候 **{from} 到 {to} 分钟**。',
  deskWaitUnknown: '我还无法估计您要等多久。',
  deskStill: '您与工作人员交谈的请求仍在等候中。',
  deskLeft: '好的，您不再等候。您可以继续向我提问。',
  deskJoined: '现在由工作人员 **{name}** 回答您。对方已经阅读了对话。',
  deskTransferred: '我把您转给 **{name}**：对方会阅读整个对话，您不必重复。',
  deskRequeued: '{name} 已断开连接。您的请求重新等候：会有其他人回答。要放弃请写“取消”。',
  deskReturned: '{name} 已结束。从现在起由自动系统继续回答。',
  deskClosed: '{name} 已关闭对话。从现在起由自动系统继续回答。',
  partUnanswered: '关于“{part}”，我在文件中找不到可靠答案。',
  noneChosen: '明白了：都不是。我已把您的问题转给编写页面的人。',
};
