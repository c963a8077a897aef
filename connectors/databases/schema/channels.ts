/** Tables of the channels that are sent to: where citizens are reached, what became of each message, files to fetch, one-time links between channels. */

/** One row for each chat of a channel. */
export interface ChannelAddressTable {
  channel: string;
  /** How the channel names the chat. */
  address: string;
  /** The conversation that the chat goes on with; null = its next message opens one. */
  conversation_id: string | null;
  /** While the chat goes on with a conversation from elsewhere: the one that it goes back to. */
  own_conversation_id: string | null;
  citizen_id: string;
  /** The channel takes free text until then; null = always. */
  window_until: string | null;
  /** The citizen has shut us out. */
  blocked_at: string | null;
  linked_at: string | null;
  /** JSON: what else the channel wants to write there; null = the address is enough. */
  reference: string | null;
  created_at: string;
}

/** One row for each message that a channel took from us: a reply may need several. */
export interface DeliveryTable {
  channel: string;
  /** Id that the channel gave it. */
  external_id: string;
  /** Null = the channel told of it before our own note of sending was written. */
  activity_id: string | null;
  part: number;
  conversation_id: string | null;
  /** `sent` | `failed` | `delivered` | `read`, in this order: a later one is never undone by an earlier one. */
  status: string;
  error: string | null;
  updated_at: string;
}

/** A citizen's file that still has to be fetched from the channel. */
export interface ChannelMediaTable {
  upload_id: string;
  channel: string;
  /** How the channel names the file. */
  reference: string;
  conversation_id: string;
  attempts: number;
  created_at: string;
}

/** One-time links that carry a conversation to another channel. */
export interface ChannelLinkTable {
  /** SHA-256 of the code. */
  id: string;
  conversation_id: string;
  to_channel: string;
  expires_at: string;
  used_at: string | null;
}

export interface ChannelTables {
  channel_address: ChannelAddressTable;
  delivery: DeliveryTable;
  channel_media: ChannelMediaTable;
  channel_link: ChannelLinkTable;
}
