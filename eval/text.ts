/** What a text says, for judging answers: written apart from the engine's own checks, so that one mistake does not hide the other. */
import { stemsOf } from '../knowledge/indexes/analyzer.ts';

const WINDOW = 3;
const COVER = 0.6;

/** Content words of the sentence in three consecutive sentences of the passage: at least .6 of them. */
export function isSupported(sentence: string, passage: string, lang: string): boolean {
  const wanted = new Set(stemsOf(sentence, lang));
  if (wanted.size === 0) return passage.includes(sentence.trim());
  const pieces = passage.split(/(?<=[.!?])\s+|\n+/);
  for (let from = 0; from < pieces.length; from++) {
    const held = new Set(stemsOf(pieces.slice(from, from + WINDOW).join(' '), lang));
    let found = 0;
    for (const stem of wanted) if (held.has(stem)) found++;
    if (found / wanted.size >= COVER) return true;
  }
  return false;
}

/** Amounts, numbers, dates, hours, phones, addresses of mail and web, written one way. */
export function factsIn(text: string): string[] {
  return (text.match(/https?:\/\/[^\s)\]]+|[\w.+-]+@[\w-]+\.[\w.-]+|\d+(?:[.,:/]\d+)*/g) ?? []).map((fact) =>
    fact.replace(/[.,;:]+$/, '').replace(/,00$/, ''),
  );
}

/** Gulpease index of Italian readability: 89 + (300 × sentences − 10 × letters) ÷ words, 0–100, higher is easier (Lucisano and Piemontese, 1988). */
export function gulpease(text: string): number {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return 0;
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const sentences = Math.max(1, text.split(/[.!?;:]+(?:\s|$)|\n+/).filter((piece) => /\p{L}/u.test(piece)).length);
  return Math.max(0, Math.min(100, 89 + (300 * sentences - 10 * letters) / words.length));
}
