/** Weights by slot, in the order in which the slots came. */
import type { WeightedSlot } from '../../indexes/contract.ts';

/** One sum after the other: whoever adds takes before the next one begins. */
export interface SlotSums {
  /** The weights of one slot are added up. */
  add(slot: number, weight: number): void;
  /** What has come since the last time. A word said again and again counts more, but ever less so. */
  take(): WeightedSlot[];
}

/** O(1) a weight; keeps four bytes for each slot up to the largest met. */
export function createSlotSums(): SlotSums {
  /** By slot: its place in the lists, from 1 on; 0 = it has not come. */
  let places = new Int32Array(1 << 12);
  let slots: number[] = [];
  let weights: number[] = [];

  function placeOf(slot: number): number {
    if (slot >= places.length) {
      const larger = new Int32Array(2 * slot);
      larger.set(places);
      places = larger;
    }
    const place = (places[slot] as number) - 1;
    if (place >= 0) return place;
    weights.push(0);
    places[slot] = slots.push(slot);
    return slots.length - 1;
  }

  return {
    add(slot, weight) {
      const place = placeOf(slot);
      weights[place] = (weights[place] as number) + weight;
    },
    take() {
      const list: WeightedSlot[] = [];
      for (let i = 0; i < slots.length; i++) {
        const slot = slots[i] as number;
        const weight = weights[i] as number;
        places[slot] = 0;
        list.push({ slot, weight: weight > 1 ? 1 + Math.log(weight) : weight });
      }
      slots = [];
      weights = [];
      return list;
    },
  };
}

/** Of the terms of one slot the strongest: the terms themselves, which questions share. */
export interface Strongest<T extends WeightedSlot> {
  add(terms: readonly T[]): void;
  /** What has come since the last time, in the order in which the slots came. */
  take(): T[];
}

/** O(1) a term; keeps four bytes for each slot up to the largest met. */
export function createStrongest<T extends WeightedSlot>(): Strongest<T> {
  /** By slot: its place in the list, from 1 on; 0 = it has not come. */
  let places = new Int32Array(1 << 12);
  let list: T[] = [];

  return {
    add(terms) {
      for (let i = 0; i < terms.length; i++) {
        const term = terms[i] as T;
        const { slot, weight } = term;
        if (slot >= places.length) {
          const larger = new Int32Array(2 * slot);
          larger.set(places);
          places = larger;
        }
        const place = places[slot] as number;
        if (place === 0) places[slot] = list.push(term);
        else if (weight > (list[place - 1] as T).weight) list[place - 1] = term;
      }
    },
    take() {
      const taken = list;
      for (let i = 0; i < taken.length; i++) places[(taken[i] as T).slot] = 0;
      list = [];
      return taken;
    },
  };
}
