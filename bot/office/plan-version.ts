/** Which version of the plan a write is meant for, and what is said when it is another's by now. */
import type { Saving } from '../../connectors/bookings/embedded/saved-plan.ts';
import type { Result } from '../../connectors/result.ts';
import { Refusal } from '../http/route.ts';

/** `"abc"` → `abc`; undefined = no version asked for. */
export function versionIn(header: string | undefined): string | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  return header.trim().replace(/^(?:W\/)?"|"$/g, '');
}

/** 412 for a plan that somebody else has changed. */
export function unchanged<T>(saving: Saving<T>): Result<T> {
  if (saving.kind !== 'changed') return saving;
  throw new Refusal(412, 'Changed', 'Nel frattempo qualcun altro ha cambiato il piano: ricarica la pagina e ripeti la modifica.');
}
