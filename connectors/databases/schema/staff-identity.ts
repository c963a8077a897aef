/** Tables of the staff's sign-in at a provider. The same values on both engines, as in ../schema.ts. */

export interface StaffIdentityTable {
  issuer: string;
  /** The provider's own name for the person, never given to another. */
  subject: string;
  user_id: string;
  created_at: string;
}

export interface StaffAttemptTable {
  /** SHA-256 of the attempt's state: one comes back once. */
  hash: string;
  used_at: string;
}

export interface ProviderNoticeTable {
  /** SHA-256 of a logout token's name: one ends sessions once. */
  hash: string;
  used_at: string;
}

export interface StaffIdentityTables {
  provider_notice: ProviderNoticeTable;
  staff_identity: StaffIdentityTable;
  staff_attempt: StaffAttemptTable;
}
