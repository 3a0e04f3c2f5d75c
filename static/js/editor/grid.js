// The grid of variants: arrows and Enter move between cells, a pasted column fills several, changed cells are tinted.
export function grid(form) {
  const sheet = form.querySelector('[data-sheet]');
  if (!sheet) return;
  const rows = () => [...sheet.tBodies[0].rows];
  const cells = row => [...row.querySelectorAll('input.cell, select.cell')];
  const kind = cell => cell.name.split('.').pop();
  const at = (row, name) => row && cells(row).find(cell => kind(cell) === name);

  sheet.addEventListener('keydown', e => {
    const cell = e.target.closest('input.cell');
    if (!cell) return;
    const all = rows(), here = all.indexOf(cell.closest('tr'));
    const down = e.key === 'ArrowDown' || (e.key === 'Enter' && !e.shiftKey && !e.metaKey && !e.ctrlKey);
    const up = e.key === 'ArrowUp' || (e.key === 'Enter' && e.shiftKey);
    if (!down && !up) return;
    e.preventDefault();
    const next = at(all[here + (down ? 1 : -1)], kind(cell));
    next?.focus();
    next?.select();
  });

  // A block from a spreadsheet: lines go down, tabs go right.
  sheet.addEventListener('paste', e => {
    const cell = e.target.closest('input.cell'), text = e.clipboardData?.getData('text/plain').replace(/\r?\n$/, '') ?? '';
    if (!cell || !/[\n\t]/.test(text)) return;
    e.preventDefault();
    const all = rows(), first = all.indexOf(cell.closest('tr'));
    const names = cells(all[first]).filter(one => one.matches('input')).map(kind), column = names.indexOf(kind(cell));
    text.split(/\r?\n/).forEach((line, down) => line.split('\t').forEach((value, right) => {
      const target = at(all[first + down], names[column + right]);
      if (target) { target.value = value.trim(); target.dispatchEvent(new Event('input', { bubbles: true })); }
    }));
  });

  const tint = cell => cell.classList.toggle('changed', cell.matches('select') ? ![...cell.options].find(o => o.defaultSelected && o.selected) && cell.selectedIndex > 0 : cell.value !== cell.defaultValue);
  sheet.addEventListener('input', e => { if (e.target.matches('.cell')) tint(e.target); });
}
