/** What we say in Arabic unasked: reminders, calls, news, and how to stop them. */
export const notices: Record<string, string> = {
  noticeReminder:
    '**تذكير**: لديك موعد، {service}، {when}. الرمز {code}. لتغييره أو إلغائه اكتب ذلك هنا؛ لإيقاف التذكيرات اكتب «أوقف التذكيرات».',
  noticeTurn: '**جاء دورك**: نودي على الرقم {ticket} ({line}).',
  noticeCase: 'تغيّرت المعاملة **{ref}**: {state}.',
  noticeCaseOffer: 'أخبرني إذا تغيّرت المعاملة',
  noticeCaseOn: 'حسنًا: إذا تغيّرت المعاملة {ref} أكتب إليك هنا.',
  noticeExpiry: '**تذكير**: {document} تنتهي صلاحيتها {day}.',
  noticeExpiryOn: 'حسنًا: قبل {days} يومًا من انتهاء الصلاحية ({document}، {day}) أذكّرك هنا. للتراجع اكتب «أوقف التذكيرات».',
  noticeAlert: '**إعلان**: {text}',
  noticeCorrection: '**تصحيح**: {text}',
  noticeSource: 'المصدر: [{title}]({url})',
  noticeEnded: 'لم يعد ساريًا: {text}',
  noticeStop: 'لإيقاف الأخبار اكتب «أوقف الأخبار».',
  newsOffer: 'استلام أخبار البلدية',
  newsOn: 'حسنًا: أكتب إليك هنا أخبار البلدية ({topic}). للتوقف اكتب «أوقف الأخبار».',
  newsOff: 'تم: لن أكتب إليك أخبارًا بعد الآن.',
  remindersOff: 'تم: لن أرسل إليك تذكيرات بعد الآن. لاستعادتها اكتب «أعد التذكيرات».',
  remindersBack: 'تم: سأذكّرك بالمواعيد من جديد قبل يوم.',
  stopNews: 'أوقف الأخبار',
  stopReminders: 'أوقف التذكيرات',
  startReminders: 'أعد التذكيرات',
};
