/** The office's own day: what is in force changes at midnight in Rome, wherever the server stands. */

export interface Clock {
  /** `YYYY-MM-DD`. */
  today(): string;
}

export function createClock(timeZone = 'Europe/Rome', now: () => number = Date.now): Clock {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  let minute = -1;
  let day = '';
  return {
    today() {
      const current = Math.floor(now() / 60_000);
      if (current !== minute) {
        minute = current;
        day = format.format(current * 60_000);
      }
      return day;
    },
  };
}
