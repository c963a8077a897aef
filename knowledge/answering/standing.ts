/** How what is asked about stands in a passage. Looked up once for each question and passage: composing, weighing and refusing all ask. */
import { ANY, type Counted, type Held, heldInParts, shareAt, shareIn, type Sought, soughtOf, worthOf } from './held.ts';
import type { RankedPassage, Topic } from './question.ts';
import { FIRST_PIECE, HEADING, type ReadPassage, readPassage, TITLE } from './reading.ts';

/** All shares are 0–1, by weight; of ways of standing that are `counted`. */
export class Standing {
  readonly topic: Topic;
  readonly read: ReadPassage;
  private readonly sought: Sought;
  /** Of each part of the passage's words, then of all of them: `width` integers each. */
  private readonly held: Held;
  private readonly all: number;

  constructor(topic: Topic, read: ReadPassage) {
    const { words, ends } = read;
    this.topic = topic;
    this.read = read;
    this.sought = soughtOf(topic);
    this.held = heldInParts(topic, words, ends);
    this.all = ends.length * this.sought.width;
  }

  inAll(counted = ANY): number {
    return this.at(this.all, counted);
  }

  inTitle(counted = ANY): number {
    return this.at(TITLE * this.sought.width, counted);
  }

  /** In title and headings. */
  inHeading(counted = ANY): number {
    return this.at(HEADING, counted);
  }

  inPiece(piece: number, counted = ANY): number {
    return this.at((FIRST_PIECE + piece) * this.sought.width, counted);
  }

  /** In a piece or in what stands above it. */
  inHeadedPiece(piece: number, counted = ANY, countedAbove = ANY): number {
    const { sought, held } = this;
    return shareAt(sought, held, (FIRST_PIECE + piece) * sought.width, counted, held, HEADING, countedAbove);
  }

  /** In title and headings, or among other words. */
  withHeading(others: Held): number {
    const { sought, held } = this;
    return shareAt(sought, others, 0, ANY, held, HEADING, ANY);
  }

  /** Adds how the topic stands in a piece to `others`. */
  addPiece(piece: number, others: Held): void {
    const { held, sought } = this;
    const at = (FIRST_PIECE + piece) * sought.width;
    for (let i = 0; i < sought.width; i++) others[i] = (others[i] as number) | (held[at + i] as number);
  }

  /** How one word of the topic stands in all of it. */
  ofWord(word: number): number {
    return worthOf(word, this.held, this.all);
  }

  private at(at: number, counted: Counted): number {
    return shareIn(this.sought, this.held, at, counted);
  }
}

const STANDING = Symbol('standing');
type StandingPassage = RankedPassage & { [STANDING]?: Standing };

/** Kept with the ranked passage, which is one question's. O(words of the passage) when first asked. */
export function standingOf(topic: Topic, ranked: StandingPassage): Standing {
  const known = ranked[STANDING];
  if (known !== undefined && known.topic === topic) return known;
  const made = new Standing(topic, readPassage(ranked.passage));
  ranked[STANDING] = made;
  return made;
}
