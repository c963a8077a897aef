/** Contents of uploads on PostgreSQL; empty on the embedded engine, which keeps files. */
export interface UploadContentTable {
  id: string;
  content: Uint8Array;
}

export interface UploadTables {
  upload_content: UploadContentTable;
}
