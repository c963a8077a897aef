/** Groups of words that tell what is wanted. Folded beginnings of words, blank-separated; `=word` is the whole word. */
export interface Concepts {
  /** What the sentence does. */
  asks: string;
  impersonal: string;
  wants: string;
  requests: string;
  mine: string;
  did: string;
  not: string;
  /** When. */
  day: string;
  now: string;
  /** Acts and what they are done to. */
  appointment: string;
  book: string;
  move: string;
  cancel: string;
  filed: string;
  outcome: string;
  queue: string;
  pay: string;
  debt: string;
  broken: string;
  thing: string;
  place: string;
  person: string;
  machine: string;
  lost: string;
  praise: string;
  blame: string;
  rating: string;
  danger: string;
  body: string;
  courtesy: string;
  self: string;
  municipal: string;
  elsewhere: string;
}
