/** What we say in Arabic while a person helps. */
export const desk: Record<string, string> = {
  propose_book: 'يقترح عليك **{name}** موعدًا. لن أحجزه إلا إذا أكدتَ ذلك بنفسك.',
  propose_move: 'يقترح عليك **{name}** تغيير الموعد. لن أغيّره إلا إذا أكدتَ ذلك بنفسك.',
  propose_cancel: 'يقترح عليك **{name}** إلغاء الموعد. لن ألغيه إلا إذا أكدتَ ذلك بنفسك.',
  deskAnswered: '**الرد على طلبك رقم {number}**، من {name}:\n\n{text}',
  consentYes: 'نعم، أوافق',
  consentNo: 'لا، شكرًا',
  consentContact: 'يسألك **{name}** كيف يمكن الاتصال بك: اكتب رقم هاتف أو عنوان بريد إلكتروني. إذا لم ترغب فاختر «لا، شكرًا».',
  consentPermission: 'يطلب **{name}** إذنك: {text}\n\n**هل توافق؟**',
  consentElsewhere:
    'طلبك من اختصاص **{body}**. يمكن لـ **{name}** تحويل هذه المحادثة، مع البيانات التي كتبتها، إلى {address}.\n\n**هل توافق؟**',
  consentThanks: 'شكرًا، سجّلت ذلك.',
  consentRefused: 'حسنًا: يبقى كل شيء هنا وتستمر المحادثة.',
  elsewhereDone: 'حوّلت المحادثة إلى **{body}** وسيجيبك. من الآن يجيبك النظام الآلي من جديد.',
};
