/** The page with the two telephones: a chat like Telegram's and one like WhatsApp's. Everything shown is text, never markup. */
export const PAGE = `<!doctype html>
<html lang="it"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Telefoni di prova</title>
<style>
  body { font: 16px/1.4 system-ui, sans-serif; margin: 0; background: #f3f4f6; color: #17324d; }
  header { padding: 1rem; } h1 { font-size: 1.2rem; margin: 0; }
  main { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 1rem; padding: 0 1rem 1rem; }
  section { background: #fff; border: 1px solid #c5c9d1; border-radius: 8px; display: flex; flex-direction: column; height: 78vh; }
  h2 { font-size: 1rem; margin: 0; padding: .6rem 1rem; color: #fff; border-radius: 7px 7px 0 0; }
  #telegram h2 { background: #1c6ea4; } #whatsapp h2 { background: #0b6b52; }
  ol { list-style: none; margin: 0; padding: 1rem; overflow-y: auto; flex: 1; }
  li { margin: 0 0 .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
  li.own { text-align: right; color: #3d4955; } li div { margin-top: .3rem; }
  button { font: inherit; margin: .15rem; padding: .35rem .6rem; border: 1px solid #0b5cad; background: #fff; color: #0b5cad; border-radius: 6px; cursor: pointer; }
  form { display: flex; gap: .4rem; padding: .6rem; border-top: 1px solid #c5c9d1; flex-wrap: wrap; } input { font: inherit; flex: 1; min-width: 12rem; padding: .4rem; }
</style>
<header><h1>Telefoni di prova</h1><p>Incolla qui anche i collegamenti che l’assistente dà sul sito (t.me, wa.me).</p></header>
<main></main>
<script>
const names = { telegram: 'Come Telegram', whatsapp: 'Come WhatsApp' };
const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), text === null ? {} : { textContent: text }, more);
const act = (channel, body) => fetch('/act/' + channel, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const linked = (text) => text.split(/(https?:\\/\\/[^\\s)]+)/).map((part, at) => at % 2 ? make('a', part, { href: part, target: '_blank', rel: 'noopener' }) : document.createTextNode(part));
for (const channel of Object.keys(names)) {
  const section = make('section', null, { id: channel });
  const list = make('ol', null); list.setAttribute('role', 'log'); list.setAttribute('aria-label', names[channel]);
  const form = make('form', null);
  const input = make('input', null, { name: 'text', autocomplete: 'off' }); input.setAttribute('aria-label', 'Scrivi su ' + names[channel]);
  form.append(input, make('button', 'Invia'));
  for (const [kind, label] of [['place', 'Posizione'], ['photo', 'Foto'], ['voice', 'Vocale']])
    form.append(make('button', label, { type: 'button', onclick: () => act(channel, { kind }) }));
  form.onsubmit = (event) => { event.preventDefault(); if (input.value.trim()) act(channel, { kind: 'text', text: input.value }); input.value = ''; };
  section.append(make('h2', names[channel]), list, form);
  document.querySelector('main').append(section);
  let shown = 0;
  const look = async () => {
    try {
      const messages = await (await fetch('/chat/' + channel)).json();
      for (const one of messages.slice(shown)) {
        const item = make('li', null, { className: one.own ? 'own' : '' });
        if (one.file) item.append(make('a', '📎 ' + one.file.name, { href: one.file.url }), document.createElement('br'));
        item.append(...linked(one.text));
        const row = make('div', null);
        for (const title of one.choices) row.append(make('button', title, { onclick: () => act(channel, { kind: 'press', title }) }));
        if (one.choices.length) item.append(row);
        list.append(item); item.scrollIntoView({ block: 'end' });
      }
      shown = messages.length;
    } catch {}
    setTimeout(look, 500);
  };
  look();
}
</script>`;
