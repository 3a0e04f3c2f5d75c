// The description as shoppers will see it, and the search result as it is typed.
export function text(form) {
  for (const tools of form.querySelectorAll('.md-tools')) tools.hidden = false;
  form.querySelector('.md-refresh')?.remove();
  preview(form.querySelector('.md[data-preview]'), form);
  serp(form.querySelector('[data-serp]'), form);
  status(form);
}

function preview(md, form) {
  md?.addEventListener('change', async e => {
    if (e.target.value !== 'preview') return;
    const data = new FormData();
    data.append('description', md.querySelector('textarea').value);
    const headers = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' };
    const answer = await fetch(md.dataset.preview, { method: 'POST', body: data, headers }).catch(() => null);
    // What comes back was cleaned by the server, as in the shop.
    if (answer?.ok) md.querySelector('.prose').innerHTML = await answer.text();
  });
}

function serp(card, form) {
  if (!card) return;
  const [where, what, words] = ['.where', '.what', 'p'].map(q => card.querySelector('.serp ' + q));
  const shop = what.textContent.split(' – ').pop(), place = where.textContent.split(' › ').slice(0, 2);
  const field = name => form.elements[name].value.trim();
  const usual = words.textContent;
  const meters = [['seo_title', 60], ['seo_description', 155]].map(([name, most]) => {
    const meter = Object.assign(document.createElement('span'), { className: 'meta' });
    form.elements[name].after(meter);
    return () => { meter.textContent = `${field(name).length} / ${most}`; };
  });
  const draw = () => {
    where.textContent = [...place, field('handle')].join(' › ');
    what.textContent = `${field('seo_title') || field('title')} – ${shop}`;
    words.textContent = field('seo_description') || (field('description') === form.elements.description.defaultValue.trim() ? usual : field('description').replace(/[*_#>`\[\]]/g, '').slice(0, 155));
    meters.forEach(meter => meter());
  };
  form.addEventListener('input', draw);
  meters.forEach(meter => meter());
}

// The moment matters to scheduled products only.
function status(form) {
  const when = form.elements.publish_at?.closest('.field'), select = form.elements.status;
  if (!when || !select) return;
  const show = () => { when.hidden = select.value !== 'scheduled'; };
  select.addEventListener('change', show);
  show();
}
