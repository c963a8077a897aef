/** Where signs stand in Unicode, for those who cut texts into words sign by sign. */

/** Latin letters with their accents on them end here; beyond them there are signs that belong to the letter before. */
export const LATIN_END = 0x250;
/** Marks of quotation, dashes and the like: they part words. */
export const MARKS_START = 0x2010;
export const MARKS_END = 0x2028;
