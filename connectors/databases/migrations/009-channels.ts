/** Channels that are sent to: addresses, what became of each message, files to fetch, one-time links. Types stand in ../schema/channels.ts. */
export default function channels(): string[] {
  return [
    `create table channel_address (
      channel text not null, address text not null, conversation_id text, own_conversation_id text, citizen_id text not null, window_until text,
      blocked_at text, linked_at text, reference text, created_at text not null, primary key (channel, address))`,
    `create index channel_address_conversation on channel_address (conversation_id)`,
    `create index channel_address_own on channel_address (own_conversation_id)`,
    `create table delivery (
      channel text not null, external_id text not null, activity_id text, part integer not null, conversation_id text, status text not null,
      error text, updated_at text not null, primary key (channel, external_id))`,
    `create index delivery_activity on delivery (activity_id)`,
    `create index delivery_conversation on delivery (conversation_id)`,
    `create table channel_media (
      upload_id text primary key, channel text not null, reference text not null, conversation_id text not null,
      attempts integer not null default 0, created_at text not null)`,
    `create table channel_link (
      id text primary key, conversation_id text not null, to_channel text not null, expires_at text not null, used_at text)`,
  ];
}
