/** The e-mail address in what a citizen left to be reached: other tools refuse an address with a comma at its end, and with it the whole request. */
export const emailIn = (contact: string | null): string | undefined =>
  contact ? /[^\s,;:<>()"']+@[^\s,;:<>()"']*[^\s,;:<>()"'.]/.exec(contact)?.[0] : undefined;
