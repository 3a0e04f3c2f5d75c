// ⌘K or Ctrl K: search and commands over any page. Every link it stands behind leads to the same search as a page.
const dialog = document.getElementById('palette');
const field = dialog.querySelector('input'), list = dialog.querySelector('[data-found]');
const stops = () => [field, ...list.querySelectorAll('a')];
let asked = 0, wait;

async function look() {
  const mine = ++asked, url = new URL(field.form.action);
  url.searchParams.set('q', field.value);
  const answer = await fetch(url, { headers: { 'HX-Request': 'true', 'HX-Request-Type': 'partial' } }).catch(() => null);
  if (mine !== asked) return;
  if (!answer?.ok) return location.assign(url);
  list.replaceChildren(document.createRange().createContextualFragment(await answer.text()));
  list.scrollTop = 0;
}

function open() {
  document.querySelectorAll(':popover-open').forEach(one => one.hidePopover());
  if (!dialog.open) dialog.showModal();
  field.select();
  look();
}

document.addEventListener('click', e => {
  if (e.target === dialog || e.target.closest('[data-close]')) dialog.close();
  else if (e.target.closest('[data-jump]') && !e.metaKey && !e.ctrlKey && !e.shiftKey) { e.preventDefault(); open(); }
});
addEventListener('keydown', e => {
  if (!(e.metaKey || e.ctrlKey) || e.altKey || e.shiftKey || e.key.toLowerCase() !== 'k') return;
  e.preventDefault();
  dialog.open ? dialog.close() : open();
});

field.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(look, 120); });
field.form.addEventListener('submit', e => {
  const first = list.querySelector('a');
  if (first && !e.submitter?.matches('[data-all]')) { e.preventDefault(); first.click(); }
});
dialog.addEventListener('keydown', e => {
  const all = stops(), at = all.indexOf(document.activeElement), typing = document.activeElement === field;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[e.key];
  // A field for searches would only empty itself.
  if (e.key === 'Escape') { e.preventDefault(); dialog.close(); }
  else if (to !== undefined && !(typing && (e.key === 'Home' || e.key === 'End'))) {
    e.preventDefault();
    all.at(to % all.length).focus();
  } else if (!typing && (e.key === 'Backspace' || e.key.length === 1 && e.key !== ' ' && !e.metaKey && !e.ctrlKey)) field.focus();
});

// The key is called by its name on this machine.
if (/Mac|iPhone|iPad/.test(navigator.platform)) for (const key of document.querySelectorAll('.jump kbd')) key.textContent = '⌘K';
