import type { Entry } from '../collection.ts';
import type { IndexFilter } from '../contract.ts';

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
