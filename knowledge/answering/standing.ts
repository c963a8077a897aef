/** How what is asked about stands in a passage. Looked up once for each question and passage: composing, weighing and refusing all ask. */
import { ANY, type Held, note, noteParts, noughts, shareAt, shareIn, type Sought, soughtOf, worthOf } from './held.ts';
import type { RankedPassage, Topic } from './question.ts';
import { type ReadPassage, readPassage } from './reading.ts';

/** Places in `held` of what stands before the pieces: `width` integers each, then of each piece, then of all of it. */
const HEADING = 0;
const TITLE = 1;
const FIRST_PIECE = 2;

/** All shares are 0–1, by weight; of ways of standing that are `counted`. Title and headings are looked at when it is made, the rest when it is asked about. */
export class Standing {
  readonly topic: Topic;
  readonly read: ReadPassage;
  private readonly sought: Sought;
  private readonly held: Held;
  private isWhole = false;

  constructor(topic: Topic, read: ReadPassage) {
    const { words, ends, titleEnd } = read;
    const sought = soughtOf(topic);
    const { width } = sought;
    const held = noughts((FIRST_PIECE + ends.length) * width);
    note(topic, words, 0, titleEnd, held, TITLE * width);
    for (let i = 0; i < width; i++) held[i] = held[width + i] as number;
    note(topic, words, titleEnd, ends[0] as number, held, HEADING);
    this.topic = topic;
    this.read = read;
    this.sought = sought;
    this.held = held;
  }

  inAll(counted = ANY): number {
    return shareIn(this.sought, this.whole(), this.all(), counted);
  }

  inTitle(counted = ANY): number {
    return shareIn(this.sought, this.held, TITLE * this.sought.width, counted);
  }

  /** In title and headings. */
  inHeading(counted = ANY): number {
    return shareIn(this.sought, this.held, HEADING, counted);
  }

  inPiece(piece: number, counted = ANY): number {
    return shareIn(this.sought, this.whole(), (FIRST_PIECE + piece) * this.sought.width, counted);
  }

  /** In a piece or in what stands above it. */
  inHeadedPiece(piece: number, counted = ANY, countedAbove = ANY): number {
    const { sought } = this;
    const held = this.whole();
    return shareAt(sought, held, (FIRST_PIECE + piece) * sought.width, counted, held, HEADING, countedAbove);
  }

  /** In title and headings, or among other words. */
  withHeading(others: Held): number {
    const { sought, held } = this;
    return shareAt(sought, others, 0, ANY, held, HEADING, ANY);
  }

  /** Adds how the topic stands in a piece to `others`. */
  addPiece(piece: number, others: Held): void {
    const held = this.whole();
    const { width } = this.sought;
    const at = (FIRST_PIECE + piece) * width;
    for (let i = 0; i < width; i++) others[i] = (others[i] as number) | (held[at + i] as number);
  }

  /** How one word of the topic stands in all of it. */
  ofWord(word: number): number {
    return worthOf(word, this.whole(), this.all());
  }

  private all(): number {
    return this.held.length - this.sought.width;
  }

  private whole(): Held {
    if (!this.isWhole) this.readPieces();
    return this.held;
  }

  private readPieces(): void {
    const { read, held } = this;
    const { width } = this.sought;
    noteParts(this.topic, read.words, read.ends, held, FIRST_PIECE * width);
    const all = this.all();
    for (let i = 0; i < width; i++) held[all + i] = (held[all + i] as number) | (held[i] as number);
    this.isWhole = true;
  }
}

export const STANDING = Symbol('standing');
type StandingPassage = RankedPassage & { [STANDING]?: Standing | undefined };

/** Kept with the ranked passage, which is one question's. O(words of the passage) when first asked. */
export function standingOf(topic: Topic, ranked: StandingPassage): Standing {
  const known = ranked[STANDING];
  if (known !== undefined && known.topic === topic) return known;
  const made = new Standing(topic, readPassage(ranked.passage));
  ranked[STANDING] = made;
  return made;
}
