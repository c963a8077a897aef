/** How PostgreSQL's values are read: its 64-bit integers, which ids and counts are, as numbers like the embedded engine's. */
import pg from 'pg';

const INT8 = 20;

export const numberAsNumber: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')),
};
