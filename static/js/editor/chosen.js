// Files of a product that is not there yet: chosen, dropped or pasted, they travel with its form.

// A new product has no pictures yet: they travel with its form; dropped and pasted ones join those that are chosen.
export function chosenFiles(form) {
  const input = form.querySelector('[type=file]'), said = form.querySelector('[data-chosen]');
  if (!input) return;
  const join = files => {
    const all = new DataTransfer();
    for (const file of [...input.files, ...files]) all.items.add(file);
    input.files = all.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  };
  input.classList.add('vh');
  input.addEventListener('change', () => { said.hidden = !input.files.length; said.textContent = [...input.files].map(file => file.name).join(', '); });
  form.addEventListener('dragover', e => { if (e.dataTransfer.types.includes('Files')) e.preventDefault(); });
  form.addEventListener('drop', e => { if (e.dataTransfer.files.length) { e.preventDefault(); join(e.dataTransfer.files); } });
  document.addEventListener('paste', e => { const files = [...(e.clipboardData?.files ?? [])]; if (files.length) { e.preventDefault(); join(files); } });
}
