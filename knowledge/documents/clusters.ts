/** Questions that want to know the same thing, put together by what they speak of: topic words and concepts of the lexicon, rarer ones counting more. */
import { topicWords } from '../answering/topic.ts';
import { stemOf } from '../indexes/analyzer.ts';
import { readingOf } from '../languages/reading/read.ts';
import { builtInLexicon, type Lexicon } from '../lexicon/lexicon.ts';

export interface AskedQuestion {
  id: string;
  text: string;
  lang: string;
}

export interface ClusterOptions {
  /** Two clusters become one from this mean similarity on. Set on fixtures/gap-questions-dev.txt. */
  threshold: number;
  /** How much a concept counts beside a word. */
  concept: number;
}

export const CLUSTERING: ClusterOptions = { threshold: 0.1, concept: 1 };

type Vector = Map<string, number>;

/** Words of asking an office for anything: they bring no two questions together by themselves. */
const OFFICIAL =
  /^(?:comun[ei]|comunal[ei]|municipi\p{L}*|uffici\p{L}*|sportell[oi]|pubblic\p{L}*|serviz\p{L}*|domand\p{L}*|richiest\p{L}*|moduli?|modulo|band[oi]|graduatori\p{L}*|contribut[oi]|bonus|rimbors\p{L}*|permess[oi]|autorizzazion[ei]|certificat[oi]|dichiarazion[ei]|iscri\p{L}*|prenot\p{L}*|appuntament[oi]|segnal\p{L}*|abbonament[oi]|bigliett[oi]|corso|corsi|orario|gratis|gratuit\p{L}*|obblig\p{L}*|chiam\p{L}*|rivolg\p{L}*|cerc\p{L}*|aiut\p{L}*|famigli\p{L}*|figli[oa]?|bambin\p{L}*|anzian\p{L}*|person[ae]|cas[ae]|sotto|vicin\p{L}*|centr[oi]|piazz[ae]|vi[ae]|strad[ae]|nuov[oaei]|prim[oaei]|perd\p{L}*|pers[oaei]|rott[oaei]|scadut[oaei]|rinnov\p{L}*|duplicat[oi]|usare?|aver[ei]?|mett\p{L}*|togli\p{L}*|arriv\p{L}*|sono|città|paese|zona|quartiere)$/iu;
const OFFICIAL_WEIGHT = 0.35;
const BEGINNING = 5;

/** Ids by cluster, largest first, oldest question first within one. Average link; O(n² in the size of groups that share a feature). */
export function clusterQuestions(questions: AskedQuestion[], lexicon: Lexicon = builtInLexicon(), options = CLUSTERING): string[][] {
  const vectors = weigh(
    questions.map((question) => featuresOf(question, lexicon)),
    options,
  );
  const similar = similarities(vectors);
  return averageLink(similar, options.threshold)
    .map((members) => members.sort((a, b) => a - b))
    .sort((a, b) => b.length - a.length || (a[0] as number) - (b[0] as number))
    .map((members) => members.map((i) => (questions[i] as AskedQuestion).id));
}

/** Stems, their beginnings and concepts; a question without a topic word is read by all its words. */
function featuresOf({ text, lang }: AskedQuestion, lexicon: Lexicon): Map<string, number> {
  const reading = readingOf(lang);
  const words = topicWords(text, lang);
  const features = new Map<string, number>();
  const add = (feature: string, weight: number) => features.set(feature, Math.max(weight, features.get(feature) ?? 0));
  for (const word of words) {
    const stem = stemOf(word, reading);
    if (stem === null) continue;
    const weight = OFFICIAL.test(word) ? OFFICIAL_WEIGHT : 1;
    add(stem, weight);
    if (stem.length > BEGINNING) add(`^${stem.slice(0, BEGINNING)}`, weight / 2);
  }
  for (const match of lexicon.match(words, lang)) {
    if (match.near) continue;
    const concepts = lexicon.conceptsOf(match.form).filter((concept) => !lexicon.concepts[concept]?.general);
    for (const concept of concepts) add(`=${concept}`, (match.loose ? 0.5 : 1) / Math.sqrt(concepts.length));
  }
  if (features.size === 0) features.set(text.toLowerCase().trim(), 1);
  return features;
}

/** Unit vectors; a feature weighs by its rarity among the questions. */
function weigh(features: Map<string, number>[], { concept }: ClusterOptions): Vector[] {
  const df = new Map<string, number>();
  for (const own of features) for (const feature of own.keys()) df.set(feature, (df.get(feature) ?? 0) + 1);
  return features.map((own) => {
    const vector: Vector = new Map();
    let square = 0;
    for (const [feature, share] of own) {
      const weight = (feature.startsWith('=') ? concept : 1) * share * Math.log(1 + features.length / (df.get(feature) as number));
      vector.set(feature, weight);
      square += weight * weight;
    }
    const length = Math.sqrt(square) || 1;
    for (const [feature, weight] of vector) vector.set(feature, weight / length);
    return vector;
  });
}

/** Cosine of every pair that shares a feature. */
function similarities(vectors: Vector[]): Map<number, number>[] {
  const holders = new Map<string, [row: number, weight: number][]>();
  const similar: Map<number, number>[] = vectors.map(() => new Map());
  vectors.forEach((vector, row) => {
    for (const [feature, weight] of vector) {
      const list = holders.get(feature) ?? [];
      holders.set(feature, list);
      for (const [other, theirs] of list) {
        const sum = ((similar[row] as Map<number, number>).get(other) ?? 0) + weight * theirs;
        (similar[row] as Map<number, number>).set(other, sum);
        (similar[other] as Map<number, number>).set(row, sum);
      }
      list.push([row, weight]);
    }
  });
  return similar;
}

/** Joins the two most similar clusters until none are similar enough. Sums of similarities are kept, so that a join costs the neighbours of the two. */
function averageLink(similar: Map<number, number>[], threshold: number): number[][] {
  const members = new Map<number, number[]>(similar.map((_, i) => [i, [i]]));
  const sums = new Map<number, Map<number, number>>(similar.map((row, i) => [i, new Map(row)]));
  const size = (i: number) => (members.get(i) as number[]).length;
  const best = new Map<number, { other: number; mean: number }>();
  const seek = (i: number) => {
    let found = { other: -1, mean: threshold };
    for (const [other, sum] of sums.get(i) as Map<number, number>) {
      const mean = sum / (size(i) * size(other));
      if (mean > found.mean) found = { other, mean };
    }
    best.set(i, found);
  };
  for (const i of members.keys()) seek(i);
  for (;;) {
    let one = -1;
    let top = { other: -1, mean: threshold };
    for (const [i, found] of best) {
      if (found.other >= 0 && found.mean > top.mean) {
        one = i;
        top = found;
      }
    }
    if (one < 0) return [...members.values()];
    const two = top.other;
    const mine = sums.get(one) as Map<number, number>;
    for (const [other, sum] of sums.get(two) as Map<number, number>) {
      const theirs = sums.get(other) as Map<number, number>;
      theirs.delete(two);
      if (other === one) continue;
      mine.set(other, (mine.get(other) ?? 0) + sum);
      theirs.set(one, mine.get(other) as number);
    }
    mine.delete(two);
    members.set(one, [...(members.get(one) as number[]), ...(members.get(two) as number[])]);
    for (const table of [members, sums, best]) table.delete(two);
    seek(one);
    for (const [i, { other }] of best) if (other === two || other === one || (mine.has(i) && i !== one)) seek(i);
  }
}
