// Drag and drop for lists that are put in order; the buttons beside each row do the same without this file.
let held = null;
const row = e => e.target.closest?.('[data-arrange] > li');

addEventListener('dragstart', e => {
  const li = row(e);
  if (!li) return;
  held = { li, list: li.parentElement, next: li.nextElementSibling };
  e.dataTransfer.effectAllowed = 'move';
  e.dataTransfer.setData('text/plain', li.dataset.id);
  li.classList.add('is-held');
});

addEventListener('dragover', e => {
  if (!held) return;
  // Only rows of the same list are places to go to.
  let over = row(e);
  while (over && over.parentElement !== held.list) over = over.parentElement.closest('[data-arrange] > li');
  if (!over) return;
  e.preventDefault();
  if (over === held.li) return;
  const box = over.getBoundingClientRect();
  held.list.insertBefore(held.li, e.clientY < box.top + box.height / 2 ? over : over.nextElementSibling);
});

addEventListener('drop', e => { if (held) { e.preventDefault(); held.dropped = true; } });

addEventListener('dragend', () => {
  if (!held) return;
  const { li, list, next, dropped } = held;
  held = null;
  li.classList.remove('is-held');
  if (!dropped) return list.insertBefore(li, next);
  if (li.nextElementSibling === next) return;
  const form = li.querySelector('form:has([name=to])'), to = document.createElement('input');
  Object.assign(to, { type: 'hidden', name: 'to', value: li.nextElementSibling ? `before-${li.nextElementSibling.dataset.id}` : 'last' });
  form.append(to);
  form.submit();
});
