/** Tables of the staff's second factor. The same values on both engines, as in ../schema.ts. */

export interface StaffTotpTable {
  user_id: string;
  /** Base32, as the app has it. */
  secret: string;
  /** null = shown, but no code has been seen yet: not asked for at sign-in. */
  confirmed_at: string | null;
  /** Thirty-second step of the last code taken: none is good twice. */
  last_step: number;
}

export interface StaffRecoveryTable {
  user_id: string;
  /** SHA-256 of the code. */
  hash: string;
  used_at: string | null;
}

export interface SecondFactorTables {
  staff_totp: StaffTotpTable;
  staff_recovery: StaffRecoveryTable;
}
