// Niceties for the list of orders and its sheets: shift-click ticks a range, Esc unticks, a button prints.
const form = document.querySelector('.index-form');
let last = null;
form?.addEventListener('click', e => {
  const box = e.target.closest('tbody [type=checkbox]');
  if (!box) return;
  const boxes = [...form.querySelectorAll('tbody [type=checkbox]')];
  if (e.shiftKey && last && last !== box) {
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
    for (const one of boxes.slice(from, to + 1)) one.checked = box.checked;
    box.dispatchEvent(new Event('change', { bubbles: true }));
  }
  last = box;
});

// A reset leaves "all" as it was; told again, it follows the rows.
form?.addEventListener('reset', () => setTimeout(() => form.dispatchEvent(new Event('change'))));
addEventListener('keydown', e => {
  if (e.key === 'Escape' && form?.querySelector('tbody :checked') && !document.querySelector(':popover-open')) form.reset();
});

const print = document.querySelector('[data-print]');
if (print) {
  print.hidden = false;
  document.querySelector('[data-by-hand]').hidden = true;
  print.addEventListener('click', () => window.print());
}
