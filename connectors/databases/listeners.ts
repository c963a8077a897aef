/** Who listens to which topic inside this process. */
export interface Listeners {
  tell(topic: string, payload: string): void;
  /** Tells every listener of every topic: used when hints may have been missed. */
  tellAll(payload: string): void;
  listen(topic: string, listener: (payload: string) => void): () => void;
}

export function createListeners(): Listeners {
  const topics = new Map<string, Set<(payload: string) => void>>();
  const tell = (topic: string, payload: string) => {
    const listeners = topics.get(topic);
    if (listeners) for (const listener of listeners) queueMicrotask(() => hear(topic, listener, payload));
  };
  return {
    tell,
    tellAll(payload) {
      for (const topic of topics.keys()) tell(topic, payload);
    },
    listen(topic, listener) {
      const listeners = topics.get(topic) ?? new Set();
      topics.set(topic, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && topics.get(topic) === listeners) topics.delete(topic);
      };
    },
  };
}

/** A hint is lost at worst: one that its listener stumbles over must not end the process. */
function hear(topic: string, listener: (payload: string) => void, payload: string): void {
  try {
    listener(payload);
  } catch (error) {
    process.emitWarning(`a hint of ${topic} could not be heard: ${error instanceof Error ? error.message : String(error)}`);
  }
}
