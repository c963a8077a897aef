/** The archive cannot be taken; the message is one readable line for the person who brought it. */
export class BadArchive extends Error {}
