/** A new request in the tab's title, and as a short tone once somebody has touched the page (browsers allow no sound before). */

export function createAlert(): { show(waiting: number, news: boolean): void } {
  const title = document.title;
  let sound: AudioContext | null = null;
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
    show(waiting, news) {
      document.title = waiting > 0 ? `(${waiting}) ${title}` : title;
      if (news && waiting > 0) tone();
    },
  };
}
