/** Forms set aside half-way. Types stand in ../schema/form-drafts.ts. */
export default function formDrafts(): string[] {
  return [
    `create table form_draft (id text primary key, form text not null, answers text not null, conversation_id text, created_at text not null,
      expires_at text not null)`,
    `create index form_draft_conversation on form_draft (conversation_id)`,
    `create index form_draft_expires on form_draft (expires_at)`,
  ];
}
