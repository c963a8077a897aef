/** A new request in the tab's title, and as a short tone once somebody has touched the page (browsers allow no sound before). */

/** `show`: ids of the requests that wait; one that was not there before is heard. `call`: a colleague calls. */
export function createAlert(): { show(waiting: string[]): void; call(): void } {
  const title = document.title;
  let sound: AudioContext | null = null;
  let known = new Set<string>();
  document.addEventListener('pointerdown', () => {
    sound ??= new AudioContext();
  });

  function tone(): void {
    if (sound?.state !== 'running') return;
    const note = sound.createOscillator();
    const volume = sound.createGain();
    note.frequency.value = 660;
    volume.gain.setValueAtTime(0.15, sound.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.4);
    note.connect(volume).connect(sound.destination);
    note.start();
    note.stop(sound.currentTime + 0.4);
  }

  return {
    show(waiting) {
      document.title = waiting.length > 0 ? `(${waiting.length}) ${title}` : title;
      if (waiting.some((id) => !known.has(id))) tone();
      known = new Set(waiting);
    },
    call() {
      if (known.size > 0) tone();
    },
  };
}
