/** What failed is found by what failed, and the replies of a conversation by it: the desk looks every half a minute, however many were ever sent. */
export default function failedDeliveries(): string[] {
  return [
    "create index delivery_failed on delivery (updated_at) where status = 'failed'",
    'create index outbox_conversation on outbox (conversation_id)',
  ];
}
