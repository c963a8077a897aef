/** `<script src="https://…/widget.js" async data-lang="it">`: a button on any website that opens the chat in a frame. No secret, no style leaks in or out. */
const script = document.currentScript as HTMLScriptElement | null;
const origin = new URL(script?.src ?? location.href).origin;
const lang = script?.dataset['lang'] ?? 'it';
/** Open, close, title. */
const WORDS: Record<string, [open: string, close: string, title: string]> = {
  it: ['Apri l’assistente', 'Chiudi l’assistente', 'Assistente'],
  en: ['Open the assistant', 'Close the assistant', 'Assistant'],
  de: ['Assistenten öffnen', 'Assistenten schließen', 'Assistent'],
  fr: ['Ouvrir l’assistant', 'Fermer l’assistant', 'Assistant'],
  es: ['Abrir el asistente', 'Cerrar el asistente', 'Asistente'],
  sl: ['Odpri pomočnika', 'Zapri pomočnika', 'Pomočnik'],
  ro: ['Deschide asistentul', 'Închide asistentul', 'Asistent'],
  ar: ['افتح المساعد', 'أغلق المساعد', 'المساعد'],
  zh: ['打开助手', '关闭助手', '助手'],
  uk: ['Відкрити помічника', 'Закрити помічника', 'Помічник'],
};
const [openWord, closeWord, title] = WORDS[lang] ?? (WORDS['it'] as [string, string, string]);

const host = document.createElement('div');
const root = host.attachShadow({ mode: 'open' });
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  button { position: fixed; right: 16px; bottom: 16px; z-index: 2147483000; min-width: 56px; min-height: 56px; padding: 0 20px; border: 2px solid #fff; border-radius: 28px; background: #06c; color: #fff; font: 600 16px/1.2 "Titillium Web", system-ui, sans-serif; cursor: pointer; box-shadow: 0 2px 10px #0004; }
  button:focus-visible { outline: 3px solid #f90; outline-offset: 2px; }
  iframe { position: fixed; right: 16px; bottom: 84px; z-index: 2147483000; width: min(420px, calc(100vw - 32px)); height: min(680px, calc(100vh - 110px)); border: 1px solid #5b6f82; border-radius: 8px; background: #fff; box-shadow: 0 4px 24px #0005; }
  @media (max-width: 480px) { iframe { inset: 0; width: 100vw; height: calc(100vh - 72px); border: 0; border-radius: 0; } button { bottom: 8px; } }
`);
root.adoptedStyleSheets = [sheet];

const button = document.createElement('button');
button.type = 'button';
button.setAttribute('aria-expanded', 'false');
button.textContent = openWord;
button.lang = lang;
let frame: HTMLIFrameElement | null = null;

function toggle(open: boolean): void {
  if (open && !frame) {
    frame = document.createElement('iframe');
    frame.src = `${origin}/?embed=1&lang=${encodeURIComponent(lang)}`;
    frame.title = title;
    root.append(frame);
  }
  if (frame) frame.hidden = !open;
  button.textContent = open ? closeWord : openWord;
  button.setAttribute('aria-expanded', String(open));
  if (open) frame?.focus();
  else button.focus();
}
button.addEventListener('click', () => toggle(button.getAttribute('aria-expanded') !== 'true'));
host.addEventListener('keydown', (event) => event.key === 'Escape' && toggle(false));
// Only our own frame may close itself, and only with the one message we know.
window.addEventListener('message', (event) => {
  if (
    event.origin === origin &&
    event.source === frame?.contentWindow &&
    (event.data as { sportello?: unknown } | null)?.sportello === 'close'
  )
    toggle(false);
});
root.append(button);
// An async script may run before the page has a body.
if (document.body) document.body.append(host);
else document.addEventListener('DOMContentLoaded', () => document.body.append(host));
