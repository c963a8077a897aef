/** What a filter admits: by row, and by the place of a vector. */
import type { Collection, Entry } from '../collection.ts';
import type { IndexFilter } from '../contract.ts';
import type { Admitted, Built } from './built.ts';
import { NO_ROW } from './nearest.ts';
import { roomFor } from './weight-column.ts';

const FILTERS_KEPT = 16;

/** Whether a passage may be shown to whoever asks with this filter. */
export function admit(filter: IndexFilter): (entry: Entry) => boolean {
  const { at, audience, langs, office } = filter;
  return ({ passage }) =>
    (audience === 'staff' || passage.audience === 'citizen') &&
    (at === null ||
      ((passage.validFrom === null || passage.validFrom <= at) && (passage.validUntil === null || passage.validUntil >= at))) &&
    (langs === null || langs.includes(passage.lang)) &&
    (office === null || passage.office === office);
}

/** Questions of one day ask with the same filter: which rows it admits is kept. O(passages) the first time, O(changes) after a change. */
export function admittedRows(built: Built, filter: IndexFilter): Admitted {
  const { last, revision } = built;
  const { at, audience, langs, office } = filter;
  const plain = langs === null && office === null;
  if (plain && last && last.at === at && last.audience === audience && last.admitted.revision === revision) return last.admitted;
  const admitted = rowsFor(built, filter);
  if (plain) built.last = { at, audience, admitted };
  return admitted;
}

function rowsFor(built: Built, filter: IndexFilter): Admitted {
  const key = JSON.stringify(filter);
  const known = built.admitted.get(key);
  if (known?.revision === built.revision) return known;
  const { entries, settled, gone } = built.rows;
  const admits = admit(filter);
  const one = (entry: Entry): number => (entry.row >= 0 && admits(entry) ? 1 : 0);
  // Another array after a change: whoever has laid this one out for itself need not do so with each question.
  const rows = new Uint8Array(roomFor(settled, built.shared));
  if (known) rows.set(known.rows);
  if (known) for (const row of gone) if (row < settled) rows[row] = 0;
  if (!known) for (let row = 0; row < settled; row++) rows[row] = one(entries[row] as Entry);
  const made = { revision: built.revision, rows, since: Uint8Array.from(entries.slice(settled), one) };
  if (!known && built.admitted.size >= FILTERS_KEPT) built.admitted.clear();
  built.admitted.set(key, made);
  return made;
}

/** Which rows' vectors stand where. O(passages) after a change or after vectors have come. */
export function admittedPlaces({ rows: { entries }, shared }: Built, admitted: Admitted, collection: Collection): Uint32Array {
  const vectors = collection.vectorRevision();
  if (admitted.places?.vectors !== vectors) {
    const rows = new Uint32Array(roomFor(4 * collection.vectors.places(), shared)).fill(NO_ROW);
    const settled = admitted.rows.length;
    const end = settled + admitted.since.length;
    for (let row = 0; row < end; row++) {
      const { place } = entries[row] as Entry;
      if (place >= 0 && (row < settled ? admitted.rows[row] : admitted.since[row - settled]) === 1) rows[place] = row;
    }
    admitted.places = { vectors, rows };
  }
  return admitted.places.rows;
}
