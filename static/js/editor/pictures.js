// Pictures: many files at once, each with its own progress and another try; order by dragging; buttons without a new page.
import { chosenFiles } from './chosen.js';

const KINDS = ['image/jpeg', 'image/png', 'image/webp'];
const el = (tag, props = {}, ...children) => { const e = Object.assign(document.createElement(tag), props); e.append(...children); return e; };

export function pictures(form) {
  if (!document.getElementById('shots')) return chosenFiles(form);
  const card = () => document.getElementById('shots');
  const waiting = [];
  let busy = Promise.resolve();

  // Everything typed so far travels along, so that the answer can keep it; chosen files travel alone.
  const typed = () => { const data = new FormData(form); data.delete('images'); return data; };

  // One act after the other: each answer is the whole card.
  const inTurn = act => (busy = busy.then(act, act));

  function send(url, data, onProgress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', url);
      request.setRequestHeader('HX-Request', 'true');
      request.setRequestHeader('HX-Request-Type', 'partial');
      request.upload.onprogress = e => e.lengthComputable && onProgress?.(e.loaded / e.total);
      request.onerror = request.ontimeout = () => reject(new Error());
      request.onload = () => {
        const page = new DOMParser().parseFromString(request.responseText, 'text/html').getElementById('shots');
        if (!page) return reject(new Error());
        resolve({ page, well: request.status < 300 });
      };
      request.send(data);
    });
  }

  function show(page) {
    const uploads = card().querySelector('.uploads'), focused = document.activeElement?.getAttribute('aria-label');
    page.querySelector('.uploads').replaceWith(uploads);
    card().replaceWith(document.adoptNode(page));
    form.elements.version.value = card().dataset.version;
    for (const input of card().querySelectorAll('[type=file]')) input.classList.add('vh');
    card().querySelector('.shot-new > .btn')?.remove();
    if (focused) [...card().querySelectorAll('[aria-label]')].find(e => e.getAttribute('aria-label') === focused && !e.disabled)?.focus();
    choices();
  }

  // The pictures that variants can choose follow those of the card.
  function choices() {
    const shots = [...card().querySelectorAll('.shot')];
    for (const select of form.querySelectorAll('select[name$=".picture"]')) {
      // A picture that is put back is chosen again where it was.
      const kept = select.value || select.dataset.lost || '';
      select.replaceChildren(new Option('–', ''), ...shots.map((shot, at) => {
        const area = shot.querySelector('textarea'), id = area.name.match(/\d+/)[0];
        return new Option(area.labels[0].textContent.replace(/^.*,\s*/, '').replace(/^./, c => c.toUpperCase()) + (area.value ? `: ${area.value.slice(0, 40)}` : ''), id, false, id === kept);
      }));
      select.dataset.lost = select.value ? '' : kept;
    }
  }

  const act = (url, data = typed()) => inTurn(async () => { try { show((await send(url, data)).page); } catch { trouble(); } });
  const trouble = () => document.getElementById('toasts')?.replaceChildren(document.getElementById('trouble').content.cloneNode(true));

  function add(files) {
    const list = card().querySelector('.uploads');
    for (const file of files) {
      const bar = el('progress', { className: 'bar', max: 1, value: 0 }), state = el('span', { className: 'meta', textContent: list.dataset.waiting });
      const row = el('li', {}, el('span', { textContent: file.name || 'image' }), state, bar);
      list.append(row);
      list.hidden = false;
      waiting.push(row);
      upload(file, row, bar, state);
    }
  }

  function upload(file, row, bar, state) {
    inTurn(async () => {
      bar.hidden = false;
      state.textContent = '';
      try {
        const data = typed();
        data.append('images', file, file.name || 'image.png');
        const { page, well } = await send(card().dataset.upload, data, part => { bar.value = part; state.textContent = `${Math.round(part * 100)} %`; });
        show(page);
        if (well) done(row); else failed(file, row, bar, state, page.querySelector('.refused')?.textContent.trim());
        card().querySelector('.refused')?.remove();
      } catch { failed(file, row, bar, state); }
    });
  }

  function done(row) {
    row.remove();
    const list = card().querySelector('.uploads');
    list.hidden = !list.children.length;
  }

  function failed(file, row, bar, state, why) {
    const words = card().querySelector('.uploads').dataset;
    bar.hidden = true;
    const again = el('button', { type: 'button', className: 'btn btn-small', textContent: words.retry });
    const away = el('button', { type: 'button', className: 'btn btn-small btn-quiet', textContent: words.dismissWord });
    again.onclick = () => { row.querySelectorAll('button').forEach(b => b.remove()); state.className = 'meta'; upload(file, row, bar, state); };
    away.onclick = () => done(row);
    state.className = 'failed';
    state.textContent = why || words.failed;
    state.after(el('span', { className: 'line' }, ...(why ? [away] : [again, away])));
  }

  // Buttons of the card.
  form.addEventListener('click', e => {
    const button = e.target.closest('#shots [formaction]');
    if (!button) return;
    e.preventDefault();
    if (button.dataset.act !== undefined) act(button.getAttribute('formaction'));
  });
  form.addEventListener('change', e => { if (e.target.name === 'images' && e.target.closest('#shots')) { add([...e.target.files]); e.target.value = ''; } });

  // Dragging: files from outside, pictures among themselves.
  let dragged = null;
  const over = (target, on) => { card().querySelectorAll('.over').forEach(e => e.classList.remove('over')); if (on) target?.classList.add('over'); };
  document.addEventListener('dragstart', e => { dragged = e.target.closest?.('#shots .shot'); dragged?.classList.add('dragged'); });
  document.addEventListener('dragend', () => { dragged?.classList.remove('dragged'); dragged = null; over(null); });
  form.addEventListener('dragover', e => {
    const files = e.dataTransfer.types.includes('Files');
    if (!files && !dragged) return;
    e.preventDefault();
    over(files ? card().querySelector('.drop-zone') : e.target.closest('.shot'), true);
  });
  form.addEventListener('drop', e => {
    const files = [...e.dataTransfer.files];
    if (!files.length && !dragged) return;
    e.preventDefault();
    const target = e.target.closest('.shot');
    over(null);
    if (files.length) return add(files);
    const place = [...card().querySelectorAll('.shot')].indexOf(target);
    if (place >= 0 && target !== dragged) act(dragged.dataset.place + place);
  });
  document.addEventListener('paste', e => {
    const files = [...(e.clipboardData?.files ?? [])].filter(file => KINDS.includes(file.type));
    if (files.length) { e.preventDefault(); add(files); }
  });

  for (const input of card().querySelectorAll('[type=file]')) input.classList.add('vh');
  card().querySelector('.shot-new > .btn')?.remove();
}
