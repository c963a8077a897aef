/** Everything that a running server looks after by itself: what is due, what ran out, what must be forgotten. */
import path from 'node:path';
import type { LinkChecks } from '../knowledge/documents/links.ts';
import type { PageReads } from '../knowledge/documents/page-use.ts';
import type { Sportello } from './sportello.ts';
import { createCallsDue } from './desk/calls/due.ts';
import type { Live } from './desk/live.ts';
import { createOwnerWarning } from './editor/owners.ts';
import { readingAs } from './editor/sources.ts';
import { createDue } from './notices/due.ts';
import { createOffers } from './notices/offers.ts';
import { createTelling } from './notices/tell.ts';
import type { Repeats } from './operation/repeats.ts';
import { retain, retentionOf } from './privacy/retain.ts';

const HOLDS_SWEPT_MS = 60_000;
/** How often the desk looks for agents who are gone. */
const DESK_SWEPT_MS = 15_000;
/** How often who waits is offered what became free. */
const OFFERED_MS = 30_000;
/** How often sources whose time has come are looked for. */
const SOURCES_MS = 60_000;
const READS_WRITTEN_MS = 60_000;
const LINKS_MS = 60 * 60_000;
const TOLD_MS = 20_000;
/** How often files of requests are handed over to the office's own tool. */
const DELIVERED_MS = 5_000;
const RETAINED_MS = 60 * 60_000;
/** How often pages that are about to expire are looked for. */
const OWNERS_MS = 60 * 60_000;

/** Each by its own clock; several processes on one database may do the same at once: what is due is taken by one of them. */
export function startChores(repeats: Repeats, sportello: Sportello, parts: { live: Live; reads: PageReads; links: LinkChecks }): void {
  const { settings, database, knowledge, line, desk } = sportello;
  const { live, reads, links } = parts;
  const offer = createOffers({
    ...sportello,
    telling: createTelling({ database, line }),
    speech: knowledge.speech,
    publicUrl: settings.PUBLIC_URL,
    timeZone: 'Europe/Rome',
  });
  repeats.every(OFFERED_MS, 'free seats could not be offered to who waits', offer);
  const due = createDue({
    ...sportello,
    telling: createTelling({ database, line }),
    speech: knowledge.speech,
    timeZone: 'Europe/Rome',
  });
  repeats.every(TOLD_MS, 'notices that are due could not be told', due);
  const callsDue = createCallsDue({
    database,
    telling: createTelling({ database, line }),
    speech: knowledge.speech,
    changed: live.changed,
  });
  repeats.every(DESK_SWEPT_MS, 'call-backs that are due could not be shown', callsDue);
  repeats.every(HOLDS_SWEPT_MS, 'what citizens left and is over could not be dropped', () => sportello.citizens.sweep());
  repeats.every(RETAINED_MS, 'forms set aside too long ago could not be dropped', () => sportello.drafts.sweep());
  repeats.every(RETAINED_MS, 'files of requests never sent could not be dropped', () => sportello.caseFiles.sweep());
  repeats.every(DELIVERED_MS, 'files of requests could not be handed over', () => sportello.deliveries.deliverDue());
  repeats.every(HOLDS_SWEPT_MS, 'expired holds could not be dropped', () => sportello.bookings.sweep());
  repeats.every(DESK_SWEPT_MS, 'what could not be delivered could not be moved', () =>
    sportello.citizens.undelivered.move({ line, speech: knowledge.speech, bodyName: sportello.bodyName, publicUrl: settings.PUBLIC_URL }),
  );
  repeats.every(DESK_SWEPT_MS, 'agents who are gone could not be looked for', async () => {
    if ((await desk.sweep()) > 0) live.changed();
  });
  repeats.every(SOURCES_MS, 'sources could not be read', () => knowledge.sources.readDue(readingAs(sportello.today)));
  repeats.every(READS_WRITTEN_MS, 'how often pages were opened could not be written', () => reads.flush());
  if (settings.LINK_CHECKS) repeats.every(LINKS_MS, 'links could not be checked', () => links.checkDue());
  const warnOwners = createOwnerWarning({ database, offices: knowledge.offices, today: sportello.today, publicUrl: settings.PUBLIC_URL });
  repeats.every(OWNERS_MS, 'owners of pages that expire could not be told', warnOwners);
  const retention = {
    database,
    dataDir: path.resolve(settings.DATA_DIR),
    retention: retentionOf(settings.RETENTION_DAYS),
    forget: line.conversations.forget,
  };
  repeats.every(RETAINED_MS, 'what has been kept long enough could not be deleted', () => retain(retention));
}
